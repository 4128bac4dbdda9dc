"""What `./dev` runs: services from wheels, and the commands around them. No domain code, and not for production."""
