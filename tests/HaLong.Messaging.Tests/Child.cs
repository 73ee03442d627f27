using System.Diagnostics;
using System.Text;

namespace HaLong.Messaging.Tests;

/// <summary>The sample service as a process of its own, to be killed without warning.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private Child(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public int ExitCode => _process.ExitCode;

    public static Child Start(Sample sample, params string[] args)
    {
        // Ends with the test process, however that ends.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "dotnet", Path.Combine(AppContext.BaseDirectory, "HaLong.Messaging.CrashHost.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__sample-db"] = sample.Database;
        start.Environment["ConnectionStrings__broker"] = sample.Broker;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["PublicUrl"] = TestSupport.TestIdentity.PublicUrl;
        start.Environment["services__identity__http__0"] = sample.Identity.Url;
        start.Environment["ServiceAuth__ClientId"] = "sample";
        start.Environment["ServiceAuth__ClientSecret"] = "sample-secret";
        var child = new Child(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, e) => child.Take(e.Data);
        child._process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for something this process brings about; says what it printed when it does not.</summary>
    public async Task UntilAsync(Func<Task<bool>> probe, string what)
    {
        try
        {
            await TestSupport.Eventually.Async(probe, what, TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(e.Message + "\n" + Output, e);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -TERM, as an orderly stop does; fails unless the process ends in ten seconds.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    public Task EndAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
