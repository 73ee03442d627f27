using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>Debian's clamd on a loopback port, with a database of one signature: the EICAR test string anywhere in a file.</summary>
public sealed class ClamServer : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-clamd").FullName;
    private Process? process;

    public int Port { get; } = FreePort();

    /// <summary>In two halves, so that no scanner of the machine finds it here.</summary>
    public static string Eicar => @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*";

    public async ValueTask InitializeAsync()
    {
        var database = Directory.CreateDirectory(Path.Combine(folder, "db")).FullName;
        var signature = Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Eicar));
        await File.WriteAllTextAsync(Path.Combine(database, "test.ndb"), $"Eicar-Test-Signature:0:*:{signature}\n");
        var config = Path.Combine(folder, "clamd.conf");
        await File.WriteAllTextAsync(config, $"Foreground true\nTCPSocket {Port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {database}\nStreamMaxLength 100M\nMaxThreads 2\n");
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/clamd") ? "/usr/sbin/clamd" : "clamd", ["-c", config]) { RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.Async(AnswersAsync, "clamd answers", TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
