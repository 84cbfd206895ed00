package dev.stepwell.testkit;

import com.typesafe.config.Config;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Has every dispatcher of an actor system use the thread that the system was given. */
public final class OneThread extends ExecutorServiceConfigurator {

  /** Gives an actor system its thread, when it is started. */
  static final class Given extends Setup {
    private final ExecutorService thread;

    Given(ExecutorService thread) {
      this.thread = thread;
    }
  }

  private final ExecutorService thread;

  /** Called by Pekko, which finds the class by its name in the configuration. */
  public OneThread(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.thread =
        prerequisites
            .settings()
            .setup()
            .get(Given.class)
            .orElseThrow(() -> new IllegalStateException("the actor system was given no thread"))
            .thread;
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> thread;
  }
}
