"""An emulator of the Datadog API for local work and tests; it shares nothing with the client side.

app = App(Store())                                   # ddconf.emulator.app, .store
app.handle(Request("GET", "/api/v1/monitor"))        # ddconf.emulator.wire: no socket at all
with serve(app) as url: ...                          # ddconf.emulator.server: 127.0.0.1
open_sandbox(".ddconf/sandbox.sqlite")               # ddconf.emulator.seed: an app kept in a file
"""
