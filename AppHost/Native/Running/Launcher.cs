using System.Collections.Concurrent;
using System.Diagnostics;

namespace HaLong.AppHost.Native;

/// <summary>What to start and how.</summary>
internal sealed record LaunchSpec(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Start from an empty environment instead of the host's.</summary>
    public bool CleanEnvironment { get; init; }

    /// <summary>Another account to run as; possible for root only.</summary>
    public SystemUser? User { get; init; }

    public int StopSignal { get; init; } = Libc.Terminate;

    /// <summary>The longest useful wait for a polite end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.MaxValue;

    /// <summary>Ask the whole group to stop, not only the process itself.</summary>
    public bool StopGroup { get; init; }

    /// <summary>What stands before the arguments of <c>setpriv</c>; the process dies with the host even when that is killed.</summary>
    public IEnumerable<string> Wrapped()
    {
        // A session of its own: Ctrl-C in the terminal reaches only the host, which then stops everything in order.
        List<string> words = ["setpriv", "--pdeathsig", "KILL"];
        if (User is { } user)
            words.AddRange([$"--reuid={user.Id}", $"--regid={user.Group}", "--clear-groups", "--no-new-privs"]);
        return [.. words, "--", FileName, .. Arguments];
    }
}

/// <summary>Starts child processes from one thread that lives as long as the host.</summary>
/// <remarks>Linux sends the parent-death signal when the <em>thread</em> that forked ends; a pool thread may end at any time.</remarks>
internal static class Launcher
{
    private static readonly BlockingCollection<Action> Work = [];

    static Launcher() => new Thread(() =>
    {
        foreach (var action in Work.GetConsumingEnumerable())
            action();
    })
    { IsBackground = true, Name = "launcher" }.Start();

    public static Task<ChildProcess> StartAsync(LaunchSpec spec, Action<string> onLine)
    {
        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(new ChildProcess(spec, onLine));
            }
            catch (Exception exception)
            {
                started.SetException(new DistributedApplicationException($"Cannot start {spec.FileName}: {exception.Message}", exception));
            }
        });
        return started.Task;
    }

    /// <summary>Runs a short helper to its end and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(LaunchSpec spec, CancellationToken ct)
    {
        var lines = new ConcurrentQueue<string>();
        using var process = await StartAsync(spec, lines.Enqueue);
        await using var kill = ct.Register(process.Kill);
        var exitCode = await process.Exited;
        await process.OutputRead;
        return (exitCode, string.Join('\n', lines));
    }
}

/// <summary>A running child in a session of its own.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly LaunchSpec _spec;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChildProcess(LaunchSpec spec, Action<string> onLine)
    {
        _spec = spec;
        var start = new ProcessStartInfo("setsid", spec.Wrapped())
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (spec.CleanEnvironment)
            start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => Finish();
        _process.Start();
        Pid = _process.Id;
        _process.StandardInput.Close();
        OutputRead = Task.WhenAll(ReadAsync(_process.StandardOutput, onLine), ReadAsync(_process.StandardError, onLine));
    }

    public int Pid { get; }

    /// <summary>The exit code, 128 + signal when killed.</summary>
    public Task<int> Exited => _exited.Task;

    public Task OutputRead { get; }

    /// <summary>Asks to stop, then insists.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (Exited.IsCompleted)
            return;
        if (!_spec.StopGroup || !Libc.SignalGroup(Pid, _spec.StopSignal))
            Libc.Signal(Pid, _spec.StopSignal);
        await Task.WhenAny(Exited, Task.Delay(grace < _spec.Patience ? grace : _spec.Patience));
        Kill();
        await Task.WhenAny(Exited, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    public void Kill()
    {
        // In its first millisecond the process has no group of its own yet.
        if (!Exited.IsCompleted && !Libc.SignalGroup(Pid, Libc.Kill))
            Libc.Signal(Pid, Libc.Kill);
    }

    public void Dispose() => _process.Dispose();

    private void Finish()
    {
        // Whatever the process has left behind in its group goes with it.
        Libc.SignalGroup(Pid, Libc.Kill);
        _exited.TrySetResult(_process.ExitCode);
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                onLine(line);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone; so is the rest of what it wanted to say.
        }
    }
}
