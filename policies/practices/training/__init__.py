"""What makes the learned voice again, from examples that the project wrote; not needed to run it."""
