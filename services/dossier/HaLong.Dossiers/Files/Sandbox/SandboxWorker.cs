using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HaLong.Dossiers.Files.Checks;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>One child process and the pipe to it.</summary>
internal sealed class SandboxWorker : IDisposable
{
    private readonly Process process;

    public SandboxWorker(PreflightOptions options)
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        var dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [typeof(SandboxWorker).Assembly.Location, SandboxProgram.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Nothing of ours goes along: no passwords, no addresses.
        start.Environment.Clear();
        var heap = (long)options.MemoryMegabytes * 1024 * 1024;
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + heap.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment[ProcessLimits.MemoryVariable] = (2 * options.MemoryMegabytes).ToString(CultureInfo.InvariantCulture);
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    public bool IsAlive => !process.HasExited;

    public int Id => process.Id;

    /// <summary>The answer, or null when the process is gone before it has one.</summary>
    public async Task<SandboxAnswer?> AskAsync(SandboxRequest request, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), ct);
            await process.StandardInput.FlushAsync(ct);
            var line = await process.StandardOutput.ReadLineAsync(ct);
            return line is null ? null : JsonSerializer.Deserialize<SandboxAnswer>(line);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        process.Dispose();
    }
}
