using System.Text.Json.Nodes;
using HaLong.Cli.Journey;

namespace HaLong.EndToEnd.Tests;

/// <summary>The other ways that a dossier can go; the plain and the assisted one are in <see cref="JourneyTests"/>.</summary>
[Collection("platform")]
public sealed class VariantTests(Platform platform)
{
    [Fact]
    public async Task A_dossier_completed_at_both_stages_gets_its_whole_limit_again()
    {
        var folder = await TravelAsync(JourneyVariant.Supplement);
        var forms = Read(folder, "forms.json").AsArray();
        Assert.Equal([2, 1], forms.Where(f => f!["kind"]!.GetValue<string>() == "SUPPLEMENT").Select(f => f!["data"]!["items"]!.AsArray().Count));
        var days = Read(folder, "deadline-restarted.json")["days"]!.AsArray().Count(d => d!["counts"]!.GetValue<bool>());
        Assert.Equal(Read(folder, "deadline-restarted.json")["limit"]!["amount"]!.GetValue<decimal>(), days);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_duty_in_handling_is_paid_by_a_code_of_its_own()
    {
        var folder = await TravelAsync(JourneyVariant.Fee);
        var demanded = Path.Combine(folder, "demand-qr.txt");
        await Judge.NodeAcceptsAsync("verify-qr.mjs", demanded);
        var payload = await File.ReadAllTextAsync(demanded, TestContext.Current.CancellationToken);
        Assert.Contains("54071250000", payload, StringComparison.Ordinal);
        Assert.NotEqual(payload, await File.ReadAllTextAsync(Path.Combine(folder, "payment-qr.txt"), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_new_appointment_comes_with_a_letter_of_apology()
    {
        var folder = await TravelAsync(JourneyVariant.Extension);
        var letter = Read(folder, "forms.json").AsArray().Single(f => f!["kind"]!.GetValue<string>() == "APOLOGY")!["data"]!;
        Assert.Contains("xác minh", letter["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Read(folder, "deadline-extended.json")["dueAt"]!.GetValue<DateTimeOffset>(), letter["newDueAt"]!.GetValue<DateTimeOffset>());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refusal_is_a_signed_letter_with_its_legal_ground()
    {
        var folder = await TravelAsync(JourneyVariant.Refusal);
        var (_, text) = await Judge.RunAsync("pdftotext", Path.Combine(folder, "result.pdf"), "-");
        Assert.Contains("Từ chối giải quyết", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("61/2018/NĐ-CP", text, StringComparison.Ordinal);
        var form = Read(folder, "forms.json").AsArray().Single(f => f!["kind"]!.GetValue<string>() == "REFUSAL")!["data"]!;
        Assert.Contains("61/2018/NĐ-CP", form["legalBasis"]!.GetValue<string>(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Goes the way, with every check of the journey; programs that are not ours accept the signature and the webhooks.</summary>
    private async Task<string> TravelAsync(JourneyVariant variant)
    {
        var folder = Judge.TemporaryFolder();
        using var journey = new DossierJourney(platform.File, new Evidence(folder), platform.SignIns) { Variant = variant };
        await journey.RunAsync();
        await Judge.PdfsigAcceptsAsync(folder);
        await Judge.NodeAcceptsAsync("verify-webhooks.mjs", Path.Combine(folder, "webhooks"));
        Assert.Equal(variant.Events.Count, Directory.GetFiles(Path.Combine(folder, "webhooks"), "*.json").Length);
        return folder;
    }

    private static JsonNode Read(string folder, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name)))!;
}
