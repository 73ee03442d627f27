using System.Security.Cryptography;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Files.Uploads;
using Microsoft.AspNetCore.Http;

namespace HaLong.Dossiers.Tests.Files;

public sealed class TusTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true, null)]
    [InlineData("filename ZG9uLnBkZg==,filetype YXBwbGljYXRpb24vcGRm", true, "don.pdf")]
    [InlineData("is_confidential,filename xJHGoW4ucGRm", true, "đơn.pdf")]
    [InlineData("filename not-base64!", false, null)]
    [InlineData("a YQ==,a YQ==", false, null)]
    [InlineData("a YQ== b", false, null)]
    [InlineData(",", false, null)]
    [InlineData("filename đơn", false, null)]
    public void Metadata_are_pairs_of_a_name_and_base64(string header, bool isGood, string? fileName)
    {
        Assert.Equal(isGood, Tus.TryReadMetadata(header, out var read));
        if (isGood)
            Assert.Equal(fileName, read);
    }

    [Fact]
    public void Metadata_that_are_too_long_are_refused() => Assert.False(Tus.TryReadMetadata("a " + new string('A', 2000), out _));

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("0", 0L)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData(" 1", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    public void Numbers_in_headers_are_whole_and_not_negative(string value, long? number)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[Tus.UploadOffset] = value;
        Assert.Equal(number, Tus.Number(http.Request, Tus.UploadOffset));
    }

    [Theory]
    [InlineData("sha1 ")]
    [InlineData("md5 1B2M2Y8AsgTpgAmY7PhCfg==")]
    [InlineData("sha256 YQ==")]
    [InlineData("sha1 !!!")]
    [InlineData("sha1")]
    public void Checksums_of_other_kinds_are_refused(string header)
    {
        var result = Checksum.Of(With(header));
        Assert.Equal("DOS-0404", result.Error.Code);
    }

    [Fact]
    public async Task A_checksum_fits_its_bytes_only()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "abc", Ct);
#pragma warning disable CA5350 // The protocol's.
        var sha1 = Checksum.Of(With("sha1 " + Convert.ToBase64String(SHA1.HashData("abc"u8))));
#pragma warning restore CA5350
        var sha256 = Checksum.Of(With("sha256 " + Convert.ToBase64String(SHA256.HashData("abd"u8))));
        Assert.True(await sha1.Value!.FitsAsync(file, Ct));
        Assert.False(await sha256.Value!.FitsAsync(file, Ct));
        Assert.Null(Checksum.Of(new DefaultHttpContext().Request).Value);
        File.Delete(file);
    }

    [Fact]
    public async Task Pieces_are_read_one_after_the_other_and_opened_when_their_turn_comes()
    {
        var opened = 0;
        await using var whole = new PiecesStream(new[] { "ab", "", "cde" }.Select(text => (Func<CancellationToken, Task<Stream>>)(_ =>
        {
            opened++;
            return Task.FromResult<Stream>(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text)));
        })));
        var buffer = new byte[10];
        Assert.Equal(2, await whole.ReadAsync(buffer, Ct));
        Assert.Equal(1, opened);
        Assert.Equal(3, await whole.ReadAtLeastAsync(buffer, 10, throwOnEndOfStream: false, Ct));
        Assert.Equal(3, opened);
    }

    [Theory]
    [InlineData("stream: OK\0", CheckOutcome.Passed, null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", CheckOutcome.Fail, "Eicar-Test-Signature")]
    public void What_the_scanner_says_is_understood(string reply, string outcome, string? name)
    {
        var check = ClamAv.Read(reply);
        Assert.Equal((outcome, name), (check.Outcome, check.Details.Count > 0 ? check.Details[0] : null));
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("")]
    public void Anything_else_the_scanner_says_is_no_result(string reply) => Assert.Throws<IOException>(() => ClamAv.Read(reply));

    [Theory]
    [InlineData("opens", "ok broken brokenPages noPages unavailable")]
    [InlineData("encrypted", "ok password restricted")]
    [InlineData("size", "ok pages pixels complex")]
    [InlineData("active", "ok javascript launch embedded xfa media send")]
    [InlineData("blank", "ok all some")]
    [InlineData("legible", "ok resolution blurred faint")]
    [InlineData("signature", "ok missing invalid unknown unavailable")]
    [InlineData("malware", "ok found unavailable")]
    public void Every_finding_has_a_sentence_in_both_languages(string code, string reasons)
    {
        foreach (var reason in reasons.Split(' '))
        {
            Assert.True(CheckTexts.Knows(code, reason), $"{code} {reason}");
            var (vi, en) = CheckTexts.Of(new PreflightCheck(code, CheckOutcome.Warn, reason, ["3", "4"]));
            Assert.NotEqual(vi, en);
            Assert.DoesNotContain("{", vi + en, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Pauses_double_up_to_an_hour()
    {
        var first = TimeSpan.FromSeconds(15);
        Assert.Equal([15, 30, 60], Enumerable.Range(1, 3).Select(n => PreflightRunner.PauseAfter(n, first).TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(1), PreflightRunner.PauseAfter(200, first));
    }

    private static HttpRequest With(string checksum)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[Tus.UploadChecksum] = checksum;
        return http.Request;
    }
}
