package io.nnem.spark;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.engine.TrialExecutor;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.Trials;
import java.io.File;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs each trial as a task of Spark. An executor that dies loses the trials that it was running,
 * and Spark runs them again elsewhere; a result is taken over as soon as its trial has ended.
 *
 * <p>nnem and a JDK must be in the same places on each machine; plug-in jars are sent. Data is
 * loaded by each machine from where the setting names it, and must have the same check sums. Any
 * property of Spark can be given to java, as in {@code NNEM_JAVA_OPTS=-Dspark.executor.memory=4g}.
 */
@AutoService(TrialExecutor.class)
public final class SparkExecutor implements TrialExecutor {
  static final Option<String> MASTER =
      Option.text(
          "master",
          "local[*]",
          "where Spark runs: local[N] in this program, spark://HOST:PORT on a cluster");

  /** Made by the service loader. */
  public SparkExecutor() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MASTER);
  }

  @Override
  public void run(Work work) {
    Trials trials = work.trials();
    List<Trial> left = trials.left();
    if (left.isEmpty()) {
      return;
    }
    String master = work.options().get(MASTER);
    try (JavaSparkContext spark = new JavaSparkContext(conf(master, work.call().experiment()))) {
      trials.whenCancelled(() -> spark.sc().cancelAllJobs());
      spark.sc().addSparkListener(new Beginnings(trials, left));
      List<String> plugins = send(work.catalogue().path(), spark);
      List<String> tasks = left.stream().map(trial -> task(work, plugins, trial)).toList();
      spark
          .sc()
          .runJob(
              spark.parallelize(tasks, tasks.size()).rdd(),
              new RunsOne(),
              new TakesOver(work, left, () -> spark.sc().cancelAllJobs()),
              ClassTag.apply(String.class));
    } catch (Exception e) { // Spark throws its checked ones without saying so
      trials.failed(left.get(0), e); // unless the run was ended, and the jobs with it
    }
  }

  private static SparkConf conf(String master, String experiment) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName("nnem " + experiment);
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.task.maxFailures", "8");
    conf.setIfMissing("spark.executor.extraClassPath", classPath());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      // the same kernels as here, which round alike
      conf.setIfMissing(
          "spark.executor.extraJavaOptions",
          "--add-modules=jdk.incubator.vector -XX:+UseParallelGC");
    }
    return conf;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(place -> Path.of(place).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> send(PluginPath path, JavaSparkContext spark) {
    for (Path place : path.places()) {
      if (Files.isDirectory(place)) {
        throw new ConfigException(
            place
                + " on the plug-in path is a folder of classes; Spark sends jars only: pack it into"
                + " one");
      }
      spark.addFile(place.toString());
    }
    return path.places().stream().map(place -> String.valueOf(place.getFileName())).toList();
  }

  private static String task(Work work, List<String> plugins, Trial trial) {
    Split data = work.trials().data();
    return new RemoteTrial.Task(
            work.call().experiment(),
            ConfigWriter.yaml(work.call().config()),
            work.call().plan(),
            Stream.of(data.training(), data.validation(), data.test())
                .map(Dataset::checksum)
                .toList(),
            plugins,
            trial)
        .json();
  }

  /** Runs where Spark wants it to. */
  private static final class RunsOne extends AbstractFunction1<Iterator<String>, String>
      implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public String apply(Iterator<String> tasks) {
      return RemoteTrial.run(RemoteTrial.Task.of(tasks.next())).json();
    }
  }

  /** Takes over what came out, one trial at a time. */
  private static final class TakesOver extends AbstractFunction2<Object, String, BoxedUnit> {
    private final Work work;
    private final List<Trial> left;
    private final Runnable end;

    TakesOver(Work work, List<Trial> left, Runnable end) {
      this.work = work;
      this.left = left;
      this.end = end;
    }

    @Override
    public BoxedUnit apply(Object index, String json) {
      Trials trials = work.trials();
      RemoteTrial.Answer answer = RemoteTrial.Answer.of(json);
      answer.notes().forEach(note -> trials.noted(left.get((Integer) index), note));
      answer.result(work.job().found()).ifPresent(trials::received);
      answer.failures().forEach(failure -> trials.failed(failure.trial(), failure.cause()));
      if (trials.ending()) {
        end.run();
      }
      return BoxedUnit.UNIT;
    }
  }

  /** Tells when a trial begins, and not again when it is begun again. */
  private static final class Beginnings extends SparkListener {
    private final Trials trials;
    private final List<Trial> left;
    private final Set<Integer> begun = new HashSet<>();

    Beginnings(Trials trials, List<Trial> left) {
      this.trials = trials;
      this.left = left;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      int index = start.taskInfo().index();
      if (begun.add(index)) {
        trials.started(left.get(index));
      }
    }
  }
}
