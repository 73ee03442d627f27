using System.Globalization;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>
/// Random days, compared by the service and by a second, plain reading of the rules that goes through everything one by one. Both must say the same of every movement.
/// </summary>
[Collection(AtTheCounter.Name)]
public sealed class ReconciliationModelTests(PaymentFixture fixture)
{
    private readonly Imports papers = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What a bank told us of: booked in suspense unless it is not decided yet.</summary>
    private sealed record Told(string EventId, string Text, long Amount, bool Booked, bool Twice);

    private sealed record Shown(string Number, string Text, long Amount);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_service_and_a_plain_reading_of_the_rules_agree(int seed)
    {
        var random = new Random(seed);
        var told = Enumerable.Range(0, 60).Select(i => SomeTold(random, i)).ToList();
        var bank = Some(random, told, "B");
        var reported = random.Next(2) == 0 ? Some(random, told, "P") : null;
        await StoreAsync(told);
        await (await papers.ImportAsync(papers.Statement([.. bank.Select(s => (s.Number, s.Amount, s.Text))]))).JsonAsync(201);
        if (reported is not null)
            await (await papers.ImportAsync(papers.Report([.. reported.Select(s => (s.Number, s.Amount, s.Text))]), path: "provider-reports")).JsonAsync(201);

        var run = await papers.RunAsync();

        Assert.Equal(Plain(told, bank, reported).Order(StringComparer.Ordinal), (await AnswersAsync(run.GetProperty("id").GetGuid())).Order(StringComparer.Ordinal));
        Assert.Equal(run.GetProperty("answerHash").GetString(), (await papers.RunAsync(200)).GetProperty("answerHash").GetString());
        Assert.Equal(bank.Sum(b => b.Amount), run.GetProperty("bank").GetInt64());
        Assert.Equal(told.Where(t => t.Booked).Sum(t => t.Amount), run.GetProperty("ours").GetInt64());
    }

    private Told SomeTold(Random random, int i) => new(
        Name("E", i), random.Next(3) == 0 ? Reference(random.Next(8)) : "TEXT" + random.Next(12).ToString(CultureInfo.InvariantCulture), 10 * random.Next(1, 4), random.Next(10) > 0, random.Next(8) == 0);

    /// <summary>Most of what was told, under its number or another, some of it with another amount, and some more.</summary>
    private List<Shown> Some(Random random, List<Told> told, string kind) =>
    [
        .. told.Where(_ => random.Next(6) > 0).Select((t, i) => new Shown(
            random.Next(2) == 0 ? t.EventId : Name(kind, i), t.Text, random.Next(8) == 0 ? t.Amount + 1 : t.Amount)),
        .. Enumerable.Range(0, random.Next(6)).Select(i => new Shown(Name(kind + "X", i), random.Next(2) == 0 ? Reference(random.Next(8)) : "MORE" + i, 10)),
    ];

    private string Name(string kind, int i) => string.Create(CultureInfo.InvariantCulture, $"{kind}{papers.Day:yyyyMMdd}-{i:000}");

    private string Reference(int i) => string.Create(CultureInfo.InvariantCulture, $"HL{papers.Day:yyyyMMdd}{i:00}");

    /// <summary>The rules, one movement after the other.</summary>
    private static List<string> Plain(List<Told> told, List<Shown> bank, List<Shown>? reported)
    {
        var (atBank, atProvider) = (Pair(told, bank), Pair(told, reported ?? []));
        var answers = new List<string>();
        foreach (var t in told)
        {
            var (b, p) = (atBank.GetValueOrDefault(t), atProvider.GetValueOrDefault(t));
            var provider = reported is null ? t.Amount : p?.Amount;
            answers.Add(Line(
                !t.Booked ? "missingAtUs" : b is null ? "missingAtBank" : provider is null ? "missingAtProvider" : t.Amount != b.Amount || t.Amount != provider ? "amountDiff"
                : t.Twice ? "duplicate" : "matched", t.Booked ? t.Amount : null, provider, b?.Amount));
        }
        var known = told.Where(t => atBank.ContainsKey(t) || atProvider.ContainsKey(t)).Select(t => t.Text).ToHashSet();
        var (freeAtBank, freeAtProvider) = (bank.Except(atBank.Values).ToList(), (reported ?? []).Except(atProvider.Values).ToList());
        foreach (var b in freeAtBank)
        {
            var p = freeAtProvider.FirstOrDefault(f => f.Text == b.Text && f.Amount == b.Amount);
            if (p is not null)
                freeAtProvider.Remove(p);
            answers.Add(Line(Untold(b.Text, known), null, p?.Amount, b.Amount));
        }
        answers.AddRange(freeAtProvider.Select(p => Line(Untold(p.Text, known), null, p.Amount, null)));
        return answers;
    }

    private static string Untold(string text, HashSet<string> known) => IsReference(text) && known.Contains(text) ? "duplicate" : "missingAtUs";

    private static bool IsReference(string text) => text.StartsWith("HL", StringComparison.Ordinal) && text.Length == 12;

    /// <summary>By number, then by text and amount, then by our reference; first come, first served.</summary>
    private static Dictionary<Told, Shown> Pair(List<Told> told, List<Shown> shown)
    {
        var (pairs, free) = (new Dictionary<Told, Shown>(), shown.ToList());
        foreach (var fits in new Func<Told, Shown, bool>[]
        {
            (t, s) => t.EventId == s.Number, (t, s) => t.Text == s.Text && t.Amount == s.Amount, (t, s) => t.Text == s.Text && IsReference(t.Text),
        })
        {
            foreach (var t in told.Where(t => !pairs.ContainsKey(t)).OrderBy(t => t.EventId, StringComparer.Ordinal).ToList())
            {
                if (free.Find(s => fits(t, s)) is not { } found)
                    continue;
                pairs.Add(t, found);
                free.Remove(found);
            }
        }
        return pairs;
    }

    private static string Line(string result, long? ours, long? provider, long? bank) => string.Create(CultureInfo.InvariantCulture, $"{result} {ours} {provider} {bank}");

    private Task<List<string>> AnswersAsync(Guid run) => fixture.QueryAsync(async db =>
        (await db.ReconciliationLines.AsNoTracking().Where(l => l.RunId == run).ToListAsync(Ct)).ConvertAll(l => Line(Persistence.Words.Of(l.Result), l.Ours, l.Provider, l.Bank)));

    private Task<bool> StoreAsync(List<Told> told) => fixture.QueryAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var (at, today) = (LocalTime.Instant(papers.Day, new TimeOnly(9, 0)), LocalTime.Date(fixture.Time.GetUtcNow()));
        foreach (var t in told)
        {
            var (id, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at)
                VALUES ({id}, 'lab', {t.EventId}, '', '', true, {t.Amount}, '0011000000001', '970436', {t.Text}, {at}, {at})
                """, Ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO bank_notice_handling (notice_id, state, reason, decided_at)
                VALUES ({id}, {(t.Booked ? "mismatched" : "received")}, {(t.Twice ? "alreadySettled" : "unknownReference")}, {at})
                """, Ct);
            if (!t.Booked)
                continue;
            await db.Database.ExecuteSqlAsync($"INSERT INTO journal_entry (id, kind, source_id, booked_on, created_at) VALUES ({entry}, 'unmatched', {id}, {today}, {at})", Ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO journal_line (entry_id, line, account, amount)
                VALUES ({entry}, 1, 'bank:970436:0011000000001', {t.Amount}), ({entry}, 2, 'suspense:970436:0011000000001', {-t.Amount})
                """, Ct);
        }
        await transaction.CommitAsync(Ct);
        return true;
    });
}
