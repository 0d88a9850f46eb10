"""What units report themselves: the rules, the figure, the task, the sampled check."""
