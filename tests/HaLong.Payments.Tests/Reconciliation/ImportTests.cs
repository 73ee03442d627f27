using System.Net;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>Files are taken over as a whole, once, by whom they concern.</summary>
[Collection(AtTheCounter.Name)]
public sealed class ImportTests(PaymentFixture fixture)
{
    private readonly Imports papers = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_file_has_the_same_answer_also_when_it_comes_many_times_at_once()
    {
        var file = papers.Statement(("A1", 150_000, "x"), ("A2", -5_000, "y"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => papers.ImportAsync(file)));

        var bodies = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Ct)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(bodies.Distinct());
        var view = System.Text.Json.JsonDocument.Parse(bodies[0]).RootElement;
        Assert.Equal((2, 2, Imports.Scope, "csv"), (view.GetProperty("entries").GetInt32(), view.GetProperty("added").GetInt32(), view.GetProperty("scope").GetString(), view.GetProperty("format").GetString()));
        Assert.Equal(2, await EntriesAsync("A1", "A2"));
    }

    [Fact]
    public async Task Overlapping_files_add_only_what_is_new_and_contradictions_are_refused()
    {
        await (await papers.ImportAsync(papers.Statement(("O1", 10, "x"), ("O2", 20, "y")))).JsonAsync(201);
        var second = await (await papers.ImportAsync(papers.Statement(("O2", 20, "y"), ("O3", 30, "z")))).JsonAsync(201);
        Assert.Equal((2, 1), (second.GetProperty("entries").GetInt32(), second.GetProperty("added").GetInt32()));

        var refused = await papers.ImportAsync(papers.Statement(("O1", 11, "x"), ("O4", 5, "")));

        await refused.IsProblemAsync(400, "PAY-0803");
        Assert.Contains("line 3", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(3, await EntriesAsync("O1", "O2", "O3", "O4"));
    }

    [Fact]
    public async Task One_bad_line_and_nothing_is_taken_over()
    {
        var refused = await papers.ImportAsync(papers.Statement(("B1", 10, "x"), ("B2", 20, "y")).Replace(",20,", ",2O,", StringComparison.Ordinal));

        await refused.IsProblemAsync(400, "PAY-0803");
        Assert.Contains("line 4", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(0, await EntriesAsync("B1", "B2"));
    }

    [Fact]
    public async Task Camt_is_taken_over_for_the_account_of_the_unit()
    {
        const string Booked = "<Sts>BOOK</Sts>";
        const string Amount = "<AmtDtls><TxAmt><Amt Ccy=\"VND\">{0}</Amt></TxAmt></AmtDtls>";
        var day = Imports.Iso(papers.Day);
        var taken = await (await papers.ImportAsync(StatementFileTests.Xml("camt.053.001.02", Booked, Amount, "0011000000001", day, "C"), "application/xml")).JsonAsync(201);
        Assert.Equal((5, "camt.053.001.02", day), (taken.GetProperty("added").GetInt32(), taken.GetProperty("format").GetString(), taken.GetProperty("to").GetString()));
        await (await papers.ImportAsync(StatementFileTests.Xml("camt.053.001.02", Booked, Amount, "777", day, "D"), "text/xml")).IsProblemAsync(403, "PAY-0804");
    }

    [Fact]
    public async Task A_file_is_for_a_known_provider_the_own_account_and_of_a_kind_that_is_read()
    {
        var file = papers.Statement(("K1", 10, "x"));
        foreach (var query in new[] { "", "?provider=nobody" })
            await (await papers.ImportAsync(file, query: query)).IsProblemAsync(400, "PAY-0802");
        await (await papers.ImportAsync(file, client: fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount))).IsProblemAsync(403, "PAY-0804");
        await (await papers.ImportAsync(papers.Report(("K2", 10, "x")), query: "?provider=other", path: "provider-reports")).IsProblemAsync(400, "PAY-0811");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await papers.ImportAsync(file, "application/json")).StatusCode);
        foreach (var role in new[] { Roles.Leader, Roles.Auditor, Roles.Officer, Roles.Administrator })
            await (await papers.ImportAsync(file, client: fixture.Official(role))).IsProblemAsync(403, "CMN-0403");
        await (await papers.ImportAsync(file, client: fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        await (await papers.ImportAsync(new string('x', 61 * 1024 * 1024))).IsProblemAsync(413, "PAY-0805");
    }

    [Fact]
    public async Task The_same_key_with_another_file_is_refused()
    {
        await (await papers.ImportAsync(papers.Statement(("I1", 10, "x")), key: Imports.Iso(papers.Day))).JsonAsync(201);
        await (await papers.ImportAsync(papers.Statement(("I2", 10, "x")), key: Imports.Iso(papers.Day))).IsProblemAsync(422, "CMN-0422");
    }

    [Fact]
    public async Task What_was_taken_over_is_listed_and_cannot_be_changed()
    {
        await (await papers.ImportAsync(papers.Report(("L1", 10, "x")), path: "provider-reports")).JsonAsync(201);
        await (await papers.ImportAsync(papers.Statement(("L2", 10, "x")))).JsonAsync(201);

        var first = await (await fixture.Official(Roles.Auditor).GetAsync("/api/v1/statements?limit=1", Ct)).JsonAsync();
        var second = await (await papers.Cashier.GetAsync($"/api/v1/statements?limit=1&after={Uri.EscapeDataString(first.GetProperty("after").GetString()!)}", Ct)).JsonAsync();

        Assert.Equal(["statement", "providerReport"], new[] { first, second }.Select(p => p.GetProperty("items")[0].GetProperty("kind").GetString()));
        foreach (var sql in new[] { "UPDATE statement_entry SET amount = 1", "DELETE FROM statement_file", "TRUNCATE statement_notice" })
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
        await (await fixture.Official(Roles.Officer).GetAsync("/api/v1/statements", Ct)).IsProblemAsync(403, "PAY-0801");
        await (await papers.Cashier.GetAsync("/api/v1/statements?limit=0", Ct)).IsProblemAsync(400, "CMN-0400");
        await (await papers.Cashier.GetAsync("/api/v1/statements?after=x", Ct)).IsProblemAsync(400, "CMN-0400");
    }

    private Task<int> EntriesAsync(params string[] references) => fixture.QueryAsync(db => db.StatementEntries.CountAsync(e => references.Contains(e.BankReference), Ct));
}
