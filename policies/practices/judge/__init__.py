"""The learned voice: a sentence encoder, taught on the written examples, that reads what the sieve holds back."""
