using System.Diagnostics;
using System.Text;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Support;

/// <summary>The notification service as a process of its own, to be killed without warning.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private Child(Process process) => this.process = process;

    public static Child Start(IReadOnlyDictionary<string, string?> settings)
    {
        // Ends with the test process, however that ends.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "dotnet", Path.Combine(AppContext.BaseDirectory, "HaLong.Notifications.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var child = new Child(new Process { StartInfo = start });
        child.process.OutputDataReceived += (_, e) => child.Take(e.Data);
        child.process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for something that this process brings about; says what it printed when it does not.</summary>
    public async Task UntilAsync(Func<Task<bool>> probe, string what)
    {
        try
        {
            await Eventually.Async(probe, what, TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            lock (output)
                throw new TimeoutException($"{e.Message}\n{output}", e);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Take(string? line)
    {
        lock (output)
            output.AppendLine(line);
    }
}
