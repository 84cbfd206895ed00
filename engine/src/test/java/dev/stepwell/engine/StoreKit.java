package dev.stepwell.engine;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.port.Store;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actor systems without a cluster whose journal is a store of the test's own. */
public final class StoreKit {

  private StoreKit() {}

  public static ActorTestKit create(Store store) {
    var config =
        ConfigFactory.parseString(
                """
                pekko.actor.provider = local
                pekko.actor.allow-java-serialization = off
                pekko.actor.serialization-bindings."dev.stepwell.engine.wire.Message" = jackson-cbor
                pekko.persistence.journal.plugin = stepwell.journal
                pekko.persistence.snapshot-store.plugin = stepwell.snapshots
                pekko.log-dead-letters = off
                pekko.actor.testkit.typed.single-expect-default = 60s
                """)
            .withFallback(ConfigFactory.load());
    var setup = ActorSystemSetup.create(BootstrapSetup.create(config), new StoreSetup(store));
    return ActorTestKit.create(ActorSystem.create(Behaviors.<Void>empty(), "test", setup));
  }
}
