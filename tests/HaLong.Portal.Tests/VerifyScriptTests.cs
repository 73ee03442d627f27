using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.Portal.Tests;

/// <summary>The script that checks the QR code in the browser, run by Node.js, which has the same WebCrypto.</summary>
public sealed class VerifyScriptTests
{
    private const string Token = "01936f1c8a5b7c3d9e2f1a2b3c4d5e6f";
    private const string Header = """{"alg":"ES256","kid":"k1","typ":"halong-paper+jwt"}""";
    private const string Payload = $$"""{"jti":"{{Token}}","kind":"RESULT","code":"Mã 1","at":"2026-11-30"}""";

    // A page with the section that the script fills; prints what a person would see.
    private const string Page = """
        import { readFileSync } from 'node:fs';
        const made = [];
        globalThis.document = { createElement: (name) => ({ name }) };
        globalThis.location = { hash: '' };
        const { show } = await import(process.argv[2]);
        const { jws, keys, token } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
        const p = {};
        const section = { hidden: true, dataset: { good: 'good', bad: 'bad', unknown: 'unknown' }, querySelector: (n) => n === 'p' ? p : { append: (...all) => made.push(...all) } };
        await show(section, jws, token, async () => { if (!keys) throw new Error('down'); return { keys }; });
        console.log(`${section.hidden} ${p.textContent} ${made.map((m) => m.textContent).join('|')}`);
        """;

    [Fact]
    public async Task A_code_that_our_key_signed_shows_what_it_states()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jws = Sign(key, Header, Payload);
        Assert.Equal("false good kind|RESULT|code|Mã 1|at|2026-11-30", await ShowAsync(jws, Keys(key)));
        Assert.Equal("false good kind|RESULT|code|Mã 1|at|2026-11-30", await ShowAsync(jws, Keys(key), Guid.Parse(Token).ToString("D").ToUpperInvariant()));
    }

    [Fact]
    public async Task Forgeries_are_called_so_also_a_genuine_code_on_another_paper()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jws = Sign(key, Header, Payload);
        string[] forgeries =
        [
            Sign(other, Header, Payload), $"{jws.Split('.')[0]}.{Encode(Payload.Replace("RESULT", "RECEIPT", StringComparison.Ordinal))}.{jws.Split('.')[2]}",
            Sign(key, Header.Replace("k1", "k2", StringComparison.Ordinal), Payload), Sign(key, Header.Replace("paper", "submission", StringComparison.Ordinal), Payload),
            Sign(key, Header.Replace("ES256", "none", StringComparison.Ordinal), Payload), Sign(key, Header, Payload.Replace(Token, new string('0', 32), StringComparison.Ordinal)),
            jws + ".x", "rubbish", "a.b.c",
        ];
        foreach (var forgery in forgeries)
            Assert.Equal("false bad", await ShowAsync(forgery, Keys(key)));
    }

    [Fact]
    public async Task Without_the_keys_nothing_is_claimed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("false unknown", await ShowAsync(Sign(key, Header, Payload), null));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Sign(ECDsa key, string header, string payload)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static object[] Keys(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y), kid = "k1", alg = "ES256", use = "sig" }];
    }

    private static async Task<string> ShowAsync(string jws, object[]? keys, string token = Token)
    {
        var folder = Directory.CreateTempSubdirectory("halong-verify-script").FullName;
        try
        {
            var (script, page, input) = (Path.Combine(folder, "verify.mjs"), Path.Combine(folder, "page.mjs"), Path.Combine(folder, "input.json"));
            await using (var source = typeof(Verify.Verified).Assembly.GetManifestResourceStream("verify.js")!)
            await using (var copy = File.Create(script))
                await source.CopyToAsync(copy, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(page, Page, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(input, JsonSerializer.Serialize(new { jws, keys, token }), TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("node", [page, script, input]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Start(start);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, error);
            return output.Trim();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed.");
            throw;
        }
    }
}
