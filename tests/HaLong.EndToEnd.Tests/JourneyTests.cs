using System.Text.Json.Nodes;
using HaLong.Cli.Journey;

namespace HaLong.EndToEnd.Tests;

/// <summary>The journey and its evidence, judged by programs that are not ours.</summary>
[Collection("platform")]
public sealed class JourneyTests(Platform platform)
{
    [Fact]
    public async Task One_dossier_travels_through_every_service_and_outsiders_accept_the_evidence()
    {
        var folder = Judge.TemporaryFolder();
        using var journey = new DossierJourney(platform.File, new Evidence(folder));
        await journey.RunAsync();

        Assert.Equal(26, journey.Steps.Count);
        foreach (var name in (string[])["receipt.pdf", "result.pdf", "payment-qr.txt", "payment-qr.png", "webhooks/secret.txt", "webhooks/01.json", "timeline.json", "openapi.json", "pki/root.pem", "traces.txt"])
        {
            Assert.True(File.Exists(Path.Combine(folder, name)), name);
        }

        Assert.True(Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length >= 4);
        await Judge.PdfsigAcceptsAsync(folder);
        await Judge.NodeAcceptsAsync("verify-webhooks.mjs", Path.Combine(folder, "webhooks"));
        await Judge.NodeAcceptsAsync("verify-qr.mjs", Path.Combine(folder, "payment-qr.txt"));
        foreach (var pdf in (string[])["receipt.pdf", "result.pdf", "form-1.pdf", "fee-receipt.pdf"])
        {
            var (exitCode, output) = await Judge.RunAsync("qpdf", "--check", Path.Combine(folder, pdf));
            Assert.True(exitCode == 0, output);
        }

        foreach (var pdf in (string[])["form-1.pdf", "fee-receipt.pdf"])
        {
            var (_, seal) = await Judge.RunAsync("pdfsig", Path.Combine(folder, pdf));
            Assert.Contains("Signature is Valid", seal, StringComparison.Ordinal);
            Assert.Contains("Total document signed", seal, StringComparison.Ordinal);
        }

        var (_, info) = await Judge.RunAsync("pdfinfo", Path.Combine(folder, "form-1.pdf"));
        Assert.Matches("Tagged: +yes", info);
        var (_, text) = await Judge.RunAsync("pdftotext", Path.Combine(folder, "receipt.pdf"), "-");
        Assert.Contains("GIẤY TIẾP NHẬN HỒ SƠ", text, StringComparison.OrdinalIgnoreCase);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_helper_files_at_the_citizens_side_with_consent_and_the_citizen_sees_it()
    {
        var folder = Judge.TemporaryFolder();
        using var journey = new DossierJourney(platform.File, new Evidence(folder)) { Variant = JourneyVariant.Assisted };
        await journey.RunAsync();

        Assert.Equal(31, journey.Steps.Count);
        var session = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "assisted-session.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal("code", session["consent"]!.GetValue<string>());
        Assert.Equal(journey.DossierId, session["dossierId"]!.GetValue<string>());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_public_documentation_covers_every_path_of_the_journey()
    {
        using var http = platform.Http();
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        foreach (var path in (string[])["/api/v1/dossiers", "/api/v1/dossiers/{id}/submission", "/api/v1/payments/{id}", "/api/v1/subscriptions", "/api/v1/me/messages", "/api/v1/validations", "/api/v1/units"])
        {
            Assert.Contains(path, paths);
        }
    }
}
