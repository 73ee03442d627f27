using System.Globalization;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.VietQr;
using HaLong.TestSupport;

namespace HaLong.Payments.Tests.VietQr;

/// <summary>Other people's libraries read what we write.</summary>
public sealed class IndependentReaderTests
{
    private const int Codes = 10_000;

    [Fact]
    public async Task Ten_thousand_codes_mean_to_another_library_what_they_mean_to_us()
    {
        Assert.SkipUnless(await Node.HasAsync("vietnam-qr-pay"), Node.Missing);
        var random = new Random(20261130);
        var lines = Enumerable.Range(0, Codes).Select(i => Line(random, i)).ToList();
        await InFileAsync(lines, async file =>
        {
            var (exit, output) = await Node.RunAsync("node", "verify-qr-many.mjs", file);
            Assert.True(exit == 0, output);
            Assert.Contains($"{Codes} of {Codes} agree", output, StringComparison.Ordinal);
        });
        lines[4711] = lines[4711].Replace("\"amount\":\"", "\"amount\":\"9", StringComparison.Ordinal);
        await InFileAsync(lines, async file => Assert.Equal(1, (await Node.RunAsync("node", "verify-qr-many.mjs", file)).Exit));
    }

    [Fact]
    public async Task Another_reader_finds_the_code_in_the_picture_for_screens_and_for_paper()
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var folder = Directory.CreateTempSubdirectory("halong-qr").FullName;
        try
        {
            var random = new Random(7);
            var codes = Enumerable.Range(0, 20).Select(i => Payload(random, i)).ToList();
            var files = codes.SelectMany((code, i) => new[] { (code, QrUse.Screen, $"{i}-screen.png"), (code, QrUse.Paper, $"{i}-paper.png") }).ToList();
            foreach (var (code, use, name) in files)
                await File.WriteAllBytesAsync(Path.Combine(folder, name), QrImage.Png(code, use), TestContext.Current.CancellationToken);

            var (exit, output) = await Node.RunAsync("node", ["read-qr.mjs", .. files.Select(f => Path.Combine(folder, f.Item3))]);

            Assert.True(exit == 0, output);
            Assert.Equal(files.Select(f => f.code), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_picture_without_a_code_is_told()
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var picture = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(picture, QrImage.Png("x")[..200], TestContext.Current.CancellationToken);
            Assert.NotEqual(0, (await Node.RunAsync("node", "read-qr.mjs", picture)).Exit);
        }
        finally
        {
            File.Delete(picture);
        }
    }

    private static string Line(Random random, int number)
    {
        var payload = Payload(random, number);
        Assert.Null(VietQrDecoder.TryDecode(payload, out var read));
        return JsonSerializer.Serialize(
            new { payload, bin = read!.Bin, account = read.Account, amount = read.Amount, purpose = read.AdditionalData?.Purpose, billNumber = read.AdditionalData?.BillNumber },
            JsonSerializerOptions.Web);
    }

    /// <summary>Like those of payment requests, every tenth without an amount.</summary>
    private static string Payload(Random random, int number)
    {
        var reference = PaymentReference.Create();
        var isStatic = number % 10 == 0;
        var fault = VietQrEncoder.TryEncode(
            new VietQrPayload
            {
                Initiation = isStatic ? Initiation.Static : Initiation.Dynamic,
                Bin = random.Next(970_400, 970_499).ToString(CultureInfo.InvariantCulture),
                Account = random.NextInt64(1_000_000, 9_999_999_999_999).ToString(CultureInfo.InvariantCulture),
                Target = number % 3 == 0 ? TransferTarget.Card : TransferTarget.Account,
                Amount = isStatic ? null : random.NextInt64(1_000, 99_999_999).ToString(CultureInfo.InvariantCulture),
                AdditionalData = new AdditionalData { BillNumber = reference, Purpose = reference },
            },
            out var text);
        Assert.Null(fault);
        return text;
    }

    private static async Task InFileAsync(IEnumerable<string> lines, Func<string, Task> use)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            await use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
