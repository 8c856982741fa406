"""Settings, environment and addresses: where the parts are put together."""
