"""What is counted of which facts: a module for each subject, each with its COUNTINGS."""
