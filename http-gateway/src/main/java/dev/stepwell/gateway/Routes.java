package dev.stepwell.gateway;

import static org.apache.pekko.http.javadsl.model.HttpMethods.DELETE;
import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;
import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;
import static org.apache.pekko.http.javadsl.model.HttpMethods.PUT;

import dev.stepwell.engine.Engine;
import dev.stepwell.gateway.apps.AppAnswers;
import dev.stepwell.gateway.apps.AppCalls;
import dev.stepwell.gateway.apps.DevInfo;
import dev.stepwell.gateway.apps.PingConfig;
import dev.stepwell.gateway.cluster.NodeCalls;
import dev.stepwell.gateway.cluster.NodeControls;
import dev.stepwell.gateway.events.EventIntake;
import dev.stepwell.gateway.events.EventParser;
import dev.stepwell.gateway.events.EventQueries;
import dev.stepwell.gateway.events.IntakeAnswers;
import dev.stepwell.gateway.http.Bodies;
import dev.stepwell.gateway.http.Envelope;
import dev.stepwell.gateway.http.Route;
import dev.stepwell.gateway.runs.RunCommands;
import dev.stepwell.gateway.runs.RunQueries;
import java.time.InstantSource;
import java.util.List;

/** The table of everything that can be asked over HTTP. */
final class Routes {

  private Routes() {}

  static List<Route> of(
      Engine engine,
      GatewayConfig config,
      Bodies bodies,
      InstantSource clock,
      NodeControls controls,
      PingConfig pings) {
    var envelope = new Envelope(clock);
    var parser = new EventParser(config.maxEventBytes());
    var intake = new EventIntake(engine, bodies, parser, config.eventKeys(), config.maxBodyBytes());
    var events = new EventQueries(engine, envelope);
    var runs = new RunQueries(engine, envelope);
    var commands = new RunCommands(engine, envelope, bodies, config.maxEventBytes());
    var nodes = new NodeCalls(engine, envelope, controls);
    var info = new DevInfo(config.host(), config.port(), pings);
    var apps = new AppCalls(engine, bodies, info);
    return List.of(
        Route.withBody(POST, "/e/*", intake::handle).refusing(IntakeAnswers::problem),
        Route.withBody(PUT, "/e/*", intake::handle).refusing(IntakeAnswers::problem),
        Route.withBody(POST, "/fn/register", apps::register).refusing(AppAnswers::problem),
        Route.of(DELETE, "/fn/remove", apps::remove).refusing(AppAnswers::problem),
        Route.of(GET, "/dev", apps::info),
        Route.of(GET, "/health", nodes::health).unlimited(),
        Route.of(GET, "/ready", nodes::ready).unlimited(),
        Route.of(GET, "/metrics", nodes::metrics).unlimited(),
        Route.of(GET, "/v1/cluster", nodes::nodes).unlimited(),
        Route.of(POST, "/v1/cluster/drain", nodes::drain).unlimited(),
        Route.of(GET, "/v1/events", events::list),
        Route.of(GET, "/v1/events/*", events::one),
        Route.of(GET, "/v1/events/*/runs", runs::ofEvent),
        Route.of(GET, "/v1/runs", runs::list),
        Route.of(GET, "/v1/runs/*", runs::one),
        Route.of(DELETE, "/v1/runs/*", commands::cancel),
        Route.withBody(POST, "/v1/signals", commands::signal));
  }
}
