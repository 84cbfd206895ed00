package dev.stepwell.engine.cluster;

import com.typesafe.config.Config;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.FailureDetectorWithAddress;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Judges by heartbeats, and by what {@link CrashWatch} knows: a dead process need not be waited
 * for. Without that a node that is said to be down stays a member until its heartbeats are missed.
 * Called by Pekko, which finds this class's name in the configuration.
 */
public final class CrashAwareFailureDetector
    implements FailureDetector, FailureDetectorWithAddress {

  private final PhiAccrualFailureDetector heartbeats;
  private final Deaths deaths;
  private volatile String address = "";

  public CrashAwareFailureDetector(Config config, EventStream stream) {
    heartbeats = new PhiAccrualFailureDetector(config, stream);
    deaths = Deaths.of(stream);
  }

  @Override
  public boolean isAvailable() {
    return !deaths.has(address) && heartbeats.isAvailable();
  }

  @Override
  public boolean isMonitoring() {
    return heartbeats.isMonitoring();
  }

  @Override
  public void heartbeat() {
    heartbeats.heartbeat();
  }

  @Override
  public void setAddress(String newAddress) {
    address = newAddress;
    heartbeats.setAddress(newAddress);
  }
}
