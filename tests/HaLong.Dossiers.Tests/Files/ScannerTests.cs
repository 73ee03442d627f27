using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Files.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>The protocol of clamd, with a scanner that says what it is told to say; the real one is in <see cref="PreflightTests"/>.</summary>
public sealed class ScannerTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-scanner").FullName;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public ScannerTests() => listener.Start();

    public void Dispose()
    {
        listener.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(300_001)]
    public async Task Every_byte_of_the_file_arrives_in_pieces_and_an_empty_one_ends_it(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var heard = HearAsync("stream: OK\0");
        var check = await ScanAsync(content);
        Assert.Equal(CheckOutcome.Passed, check.Outcome);
        Assert.Equal(content, await heard);
    }

    [Fact]
    public async Task A_finding_is_told_with_its_name()
    {
        var heard = HearAsync("stream: Win.Test.EICAR_HDB-1 FOUND\0");
        var check = await ScanAsync([1, 2, 3]);
        Assert.Equal((CheckOutcome.Fail, "Win.Test.EICAR_HDB-1"), (check.Outcome, Assert.Single(check.Details)));
        await heard;
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("")]
    [InlineData("nonsense\0")]
    public async Task An_answer_that_is_none_means_not_checked(string reply)
    {
        var heard = HearAsync(reply);
        Assert.Equal((CheckOutcome.NotChecked, "unavailable"), Short(await ScanAsync([1])));
        await heard;
    }

    [Fact]
    public async Task A_scanner_that_says_nothing_is_not_waited_for_for_ever()
    {
        var hanging = listener.AcceptTcpClientAsync(Ct);
        Assert.Equal((CheckOutcome.NotChecked, "unavailable"), Short(await ScanAsync([1], TimeSpan.FromMilliseconds(300))));
        (await hanging).Dispose();
    }

    [Fact]
    public async Task A_scanner_that_is_not_there_means_not_checked()
    {
        listener.Stop();
        Assert.Equal((CheckOutcome.NotChecked, "unavailable"), Short(await ScanAsync([1])));
    }

    [Fact]
    public void Without_a_host_there_is_no_scanner()
    {
        Assert.False(new ClamAvOptions().IsUsed);
        Assert.True(new ClamAvOptions { Host = "clamd" }.IsUsed);
    }

    private static (string, string) Short(PreflightCheck check) => (check.Outcome, check.Reason);

    private async Task<PreflightCheck> ScanAsync(byte[] content, TimeSpan? limit = null)
    {
        var options = Options.Create(new HaLong.Dossiers.FileOptions
        {
            Path = folder,
            ClamAv = { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, TimeLimit = limit ?? TimeSpan.FromSeconds(20) },
        });
        var store = new FileStore(new DiskBlobs(options), options, TimeProvider.System);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var scanner = new ClamAv(options, store, new FileTelemetry(meters), NullLogger<ClamAv>.Instance);
        return await scanner.ScanAsync(await store.StoreAsync(content, Ct), Ct);
    }

    /// <summary>Takes one file and answers; gives what was sent.</summary>
    private async Task<byte[]> HearAsync(string reply)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        await using var line = client.GetStream();
        var command = new byte["zINSTREAM\0".Length];
        await line.ReadExactlyAsync(command, Ct);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await line.ReadExactlyAsync(length, Ct);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                break;
            var piece = new byte[size];
            await line.ReadExactlyAsync(piece, Ct);
            content.Write(piece);
        }
        await line.WriteAsync(Encoding.ASCII.GetBytes(reply), Ct);
        return content.ToArray();
    }
}
