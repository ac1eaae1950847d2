package io.nnem.bench.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.nnem.bench.system.BenchSystem;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.ReadWork;
import io.nnem.bench.work.StepProblem;
import io.nnem.bench.work.WriteWork;
import java.util.Optional;

/** PyTorch through DJL. */
public final class TorchSystem implements BenchSystem {

  private static final String NATIVE = "/native/lib/pytorch.properties";

  private final NDManager manager;

  /**
   * Loads PyTorch. Its number of threads is the process's.
   *
   * @param threads how many threads an operation may use
   * @throws IllegalStateException if the native code cannot be used, with what to do
   */
  public TorchSystem(int threads) {
    if (!isPresent()) {
      throw new IllegalStateException(
          "PyTorch's native code is not on the class path: build with the Maven profile bench, as"
              + " ./nnem bench does.");
    }
    // what is not on the class path would be fetched from the network, and use be reported there
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    try {
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(threads); // where the engine was there already
      manager = NDManager.newBaseManager("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException("PyTorch cannot be loaded: " + e, e);
    }
  }

  /**
   * Whether PyTorch's native code is on the class path.
   *
   * @return true if {@link #TorchSystem} may be tried
   */
  public static boolean isPresent() {
    return TorchSystem.class.getResource(NATIVE) != null;
  }

  @Override
  public String name() {
    return "pytorch-djl";
  }

  @Override
  public String description() {
    return "PyTorch "
        + Engine.getEngine("PyTorch").getVersion()
        + " through DJL "
        + Engine.getDjlVersion()
        + ", threads "
        + JniUtils.getNumThreads();
  }

  @Override
  public long awakeMillis() {
    return 30;
  }

  @Override
  public Optional<Task> step(StepProblem problem) {
    return Optional.of(new TorchStep(manager, problem));
  }

  @Override
  public Optional<Task> read(ReadWork work, MemoryProblem problem) {
    return Optional.of(new TorchRead(manager, problem));
  }

  @Override
  public Optional<Task> write(WriteWork work, MemoryProblem problem) {
    return work.lookups() ? Optional.empty() : Optional.of(new TorchWrite(manager, problem));
  }

  @Override
  public void close() {
    manager.close();
  }
}
