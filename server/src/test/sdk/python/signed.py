# An application in cloud mode: it takes calls that are signed, and no others.
import logging
import sys

import flask
import inngest
import inngest.flask
import werkzeug.serving

app = flask.Flask("signed")
client = inngest.Inngest(app_id="signed", is_production=True, event_key="none")


@client.create_function(fn_id="accept", trigger=inngest.TriggerEvent(event="signed/sent"))
def accept(ctx: inngest.ContextSync) -> str:
    return "accepted"


inngest.flask.serve(app, client, [accept])
logging.getLogger("werkzeug").setLevel(logging.ERROR)
werkzeug.serving.WSGIRequestHandler.protocol_version = "HTTP/1.1"
werkzeug.serving.run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True)
