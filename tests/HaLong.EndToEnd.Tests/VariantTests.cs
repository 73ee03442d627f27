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

    [Fact]
    public async Task Late_over_and_refunded_money_ends_where_it_belongs()
    {
        // While the one waits for the end of its code, the others go their way; a payout takes all that is agreed to, so those two follow each other.
        var late = TravelAsync(JourneyVariant.Late);
        var over = await TravelAsync(JourneyVariant.Over);
        var refund = await TravelAsync(JourneyVariant.Refund);
        var folder = await late;
        Assert.Equal("late", Read(folder, "money-case.json")["kind"]!.GetValue<string>());
        var due = Read(folder, "bookings.json").AsArray().Single(b => b!["kind"]!.GetValue<string>() == "acceptance")!["lines"]!.AsArray();
        Assert.Equal(-due.Where(l => Account(l!, "due")).Sum(l => l!["amount"]!.GetValue<long>()), due.Where(l => Account(l!, "suspense")).Sum(l => l!["amount"]!.GetValue<long>()));
        Assert.Equal(("over", 30_000L), (Read(over, "refund.json")["rule"]!.GetValue<string>(), Read(over, "refund.json")["amount"]!.GetValue<long>()));
        Assert.Equal(Read(refund, "payment-refunded.json")["amount"]!.GetValue<long>(), Read(refund, "refund.json")["amount"]!.GetValue<long>());
        foreach (var file in new[] { over, refund }.Select(f => Path.Combine(f, "payout.csv")))
            Assert.StartsWith("refund_id,bin,account,name,amount,content", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var used in new[] { folder, over, refund })
            Directory.Delete(used, recursive: true);

        static bool Account(JsonNode line, string kind) => line["account"]!.GetValue<string>().StartsWith(kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_sign_the_application_and_many_results_at_once_and_the_unit_seals_them()
    {
        var folder = await TravelAsync(JourneyVariant.Signatures);
        var (_, application) = await Judge.RunAsync("pdfsig", "-nssdir", Path.Combine(folder, "nss"), Path.Combine(folder, "application.pdf"));
        Assert.Single(application.Split('\n'), line => line.Contains("Signature is Valid", StringComparison.Ordinal));
        foreach (var pdf in (string[])["result.pdf", "companion-1.pdf", "companion-2.pdf"])
        {
            var (_, output) = await Judge.RunAsync("pdfsig", "-nssdir", Path.Combine(folder, "nss"), Path.Combine(folder, pdf));
            Assert.Equal(2, output.Split('\n').Count(line => line.Contains("Signature is Valid", StringComparison.Ordinal)));
            Assert.Contains("Hoàng Thị Duyệt", output, StringComparison.Ordinal);
            var (exitCode, check) = await Judge.RunAsync("qpdf", "--check", Path.Combine(folder, pdf));
            Assert.True(exitCode == 0, check);
        }

        Assert.Equal(3, Read(folder, "batch.json")["signed"]!.GetValue<int>());
        Assert.Single(Read(folder, "batch.json")["orders"]!.AsArray());
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
