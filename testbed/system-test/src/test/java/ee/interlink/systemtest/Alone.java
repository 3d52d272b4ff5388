package ee.interlink.systemtest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class that breaks what others need, counts what others do, or keeps the machine so busy that
 * they would lose their patience: while it runs, nothing else does. Ordered behind all others,
 * which would wait for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(Alone.TESTBED)
@interface Alone {
  /** The daemons of the scheduler and of the control plane. */
  String TESTBED = "testbed";
}
