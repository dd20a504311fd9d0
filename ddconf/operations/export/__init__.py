"""An organisation taken over: live objects written as definitions, with their state."""
