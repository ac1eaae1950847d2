package io.nnem.experiments;

import com.google.inject.Module;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.engine.Engine;
import io.nnem.experiments.run.Bars;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.FakeRunner;
import io.nnem.experiments.run.TrialRunner;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.function.Supplier;

/** Calls of {@code nnem} in this process, with parts that are small or fakes. */
public final class Calls {
  /** Trains in earnest, on bars. */
  public static final Module SMALL =
      binder -> binder.bind(DataSource.class).toInstance(config -> Bars.split());

  private Calls() {}

  /** Trains nothing. */
  public static Module fakes(Supplier<TrialRunner> runner) {
    return binder -> {
      binder.bind(TrialRunner.class).toProvider(runner::get);
      binder.bind(DataSource.class).toInstance(config -> FakeRunner.split());
      binder.bind(Engine.BackendInfo.class).toInstance(name -> "a fake");
      binder.bind(ConfigRule.class).toInstance(config -> List.of());
    };
  }

  /** The same with one part more. */
  public static <P> Module with(Module parts, Class<P> type, P part) {
    return binder -> {
      binder.install(parts);
      binder.bind(type).toInstance(part);
    };
  }

  /** The exit code of a call. */
  public static int execute(Module parts, Writer out, Writer err, String... arguments) {
    return Nnem.commandLine(parts, arguments)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
