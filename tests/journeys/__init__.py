"""Stories of people and machines that work with ddconf for a while, each played from end to end."""
