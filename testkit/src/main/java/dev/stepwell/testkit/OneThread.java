package dev.stepwell.testkit;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Has every dispatcher of an actor system use the thread that the system was given. */
public final class OneThread extends ExecutorServiceConfigurator {

  /** Gives an actor system its thread, when it is started. */
  static final class Given extends Setup {
    private final Executor thread;

    Given(Executor thread) {
      this.thread = thread;
    }
  }

  private final Executor thread;

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
    return () -> new Share(thread);
  }

  /** One dispatcher's share of the thread, which outlives it. */
  private static final class Share extends AbstractExecutorService {
    private final Executor thread;
    private volatile boolean shutDown;

    private Share(Executor thread) {
      this.thread = thread;
    }

    @Override
    public void execute(Runnable task) {
      thread.execute(task);
    }

    @Override
    public void shutdown() {
      shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutDown;
    }

    @Override
    public boolean isTerminated() {
      return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutDown;
    }
  }
}
