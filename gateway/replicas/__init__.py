"""What the processes that share a Redis have in force: each announces its charter and policy, and hears the others."""
