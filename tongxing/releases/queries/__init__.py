"""What is out, what a release is drawn from, and what citizens said."""
