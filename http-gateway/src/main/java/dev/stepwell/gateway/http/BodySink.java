package dev.stepwell.gateway.http;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Hands the parts of a body to a {@link Gathering}, which goes on in the stream's own thread when
 * the last part is there. (The stage that a ready-made sink returns would go on in the JVM's common
 * pool.)
 */
final class BodySink extends GraphStage<SinkShape<ByteString>> {

  private final Inlet<ByteString> in = Inlet.create("BodySink.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final Gathering gathering;

  BodySink(Gathering gathering) {
    this.gathering = gathering;
  }

  @Override
  public SinkShape<ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              gathering.add(grab(in));
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              gathering.end(null);
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              gathering.end(failure);
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      pull(in);
    }
  }
}
