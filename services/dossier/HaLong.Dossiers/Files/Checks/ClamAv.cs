using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>Has a file scanned by clamd over its INSTREAM command: pieces with their length, an empty one at the end, one line back.</summary>
internal sealed partial class ClamAv(IOptions<FileOptions> options, FileStore store, FileTelemetry telemetry, ILogger<ClamAv> log)
{
    private const int PieceBytes = 64 * 1024;
    private readonly ClamAvOptions settings = options.Value.ClamAv;

    public bool IsUsed => settings.IsUsed;

    public async Task<PreflightCheck> ScanAsync(string sha256, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(settings.TimeLimit);
            return Read(await AskAsync(sha256, limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException or ErrorException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            telemetry.ScanFailed();
            NotScanned(log, e);
            return PreflightCheck.NotChecked(CheckCode.Malware, "unavailable");
        }
    }

    /// <summary><c>stream: OK</c>, <c>stream: NAME FOUND</c>, or an error.</summary>
    internal static PreflightCheck Read(string reply)
    {
        var text = reply.TrimEnd('\0', '\n', ' ');
        if (text.EndsWith(": OK", StringComparison.Ordinal))
            return PreflightCheck.Passed(CheckCode.Malware);
        return text.EndsWith(" FOUND", StringComparison.Ordinal)
            ? PreflightCheck.Fail(CheckCode.Malware, "found", text["stream: ".Length..^" FOUND".Length])
            : throw new IOException("clamd: " + text);
    }

    private async Task<string> AskAsync(string sha256, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(settings.Host, settings.Port, ct);
        await using var line = client.GetStream();
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        await using var file = await store.OpenAsync(sha256, ct);
        var buffer = new byte[sizeof(int) + PieceBytes];
        int read;
        do
        {
            read = await file.ReadAsync(buffer.AsMemory(sizeof(int)), ct);
            BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            await line.WriteAsync(buffer.AsMemory(0, sizeof(int) + read), ct);
        }
        while (read > 0);
        using var reader = new StreamReader(line, Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }

    [LoggerMessage(4041, LogLevel.Warning, "The virus scanner does not answer; the file is scanned later")]
    private static partial void NotScanned(ILogger log, Exception e);
}
