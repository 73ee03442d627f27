using System.Net;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Cases;

/// <summary>Who works at the desk, on what, once.</summary>
public sealed class CaseDeskTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private readonly Desk desk = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_missing_is_told_at_once()
    {
        var of = await desk.CaseAsync(await fixture.PendingAsync(), amount: 5);

        var answer = await desk.SendAsync(HttpMethod.Post, $"/api/v1/money-cases/{of.Id}/decision", new { decision = "refund", payee = new { bin = "97", account = "-" } });

        await answer.IsProblemAsync(400, "PAY-0205");
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.All(["reason", "payee.bin", "payee.account", "payee.name"], f => Assert.Contains(f, text, StringComparison.Ordinal));
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/money-cases/{of.Id}/decision", new { decision = "keep", reason = "x" })).IsProblemAsync(400, "PAY-0205");
        await (await desk.DecideAsync(of, "assign", evidence: "x")).IsProblemAsync(400, "PAY-0205");
    }

    [Fact]
    public async Task A_case_is_decided_once_by_one_of_many_at_once()
    {
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, amount: 200_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.DecideAsync(of, i % 2 == 0 ? "accept" : "refund", payee: Desk.Payee)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        await (await desk.DecideAsync(of, "dismiss", evidence: "x")).IsProblemAsync(409, "PAY-0202");
        await (await desk.ClaimAsync(of)).IsProblemAsync(409, "PAY-0202");
    }

    [Fact]
    public async Task The_same_key_decides_once_and_an_old_revision_is_refused()
    {
        var of = await desk.CaseAsync(await fixture.PendingAsync(), amount: 5);
        await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, ifMatch: "\"1\"")).IsProblemAsync(412, "CMN-0412");

        var first = await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, key: "one-decision")).JsonAsync();
        var again = await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, key: "one-decision")).JsonAsync();

        Assert.Equal(first.GetProperty("decidedAt").GetString(), again.GetProperty("decidedAt").GetString());
    }

    [Fact]
    public async Task Who_took_a_case_up_decides_it()
    {
        var of = await desk.CaseAsync(await fixture.PendingAsync(), amount: 5);
        var colleague = fixture.Official(Roles.Cashier);

        await (await desk.ClaimAsync(of)).JsonAsync();
        await (await desk.ClaimAsync(of)).JsonAsync();
        await (await desk.ClaimAsync(of, colleague)).IsProblemAsync(409, "PAY-0203");
        await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, client: colleague)).IsProblemAsync(409, "PAY-0203");

        Assert.NotNull((await desk.ReloadAsync(of)).TakenBy);
    }

    [Fact]
    public async Task Cashiers_see_the_cases_of_their_unit_and_of_nobody_known_and_change_no_others()
    {
        var (mine, nobodys) = (await desk.CaseAsync(await fixture.PendingAsync(), amount: 5), await desk.CaseAsync(await fixture.PendingAsync(), remittance: "?"));
        var elsewhere = fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount);

        Assert.Contains(mine.Id, Ids(await desk.ListAsync("?limit=100")));
        var theirs = Ids(await desk.ListAsync("?limit=100", elsewhere));
        Assert.DoesNotContain(mine.Id, theirs);
        Assert.Contains(nobodys.Id, theirs);
        await (await desk.ClaimAsync(mine, elsewhere)).IsProblemAsync(404, "PAY-0201");
        await (await desk.DecideAsync(mine, "refund", payee: Desk.Payee, client: elsewhere)).IsProblemAsync(404, "PAY-0201");
        await (await desk.DecideAsync(nobodys, "assign", (await fixture.PendingAsync()).Id, "x", client: elsewhere)).IsProblemAsync(409, "PAY-0204");
    }

    [Fact]
    public async Task Cases_come_oldest_deadline_first_page_by_page_by_state_and_kind()
    {
        var payment = await fixture.PendingAsync();
        var (first, second, third) = (await desk.CaseAsync(payment, amount: 1), await desk.CaseAsync(payment, amount: 2), await desk.CaseAsync(payment, amount: 999_999));
        await (await desk.DecideAsync(second, "refund", payee: Desk.Payee)).JsonAsync();

        var ids = new List<Guid>();
        string? after = null;
        do
        {
            var page = await desk.ListAsync("?limit=1" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)));
            ids.AddRange(Ids(page));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal(ids.Order(), ids);
        Assert.Contains(first.Id, ids);
        Assert.DoesNotContain(second.Id, ids);
        Assert.Contains(second.Id, Ids(await desk.ListAsync("?state=decided&limit=100")));
        Assert.Contains(third.Id, Ids(await desk.ListAsync("?kind=over&limit=100")));
        Assert.DoesNotContain(first.Id, Ids(await desk.ListAsync("?kind=over&limit=100")));
        foreach (var query in new[] { "?state=lost", "?kind=huge" })
            await (await desk.Cashier.GetAsync("/api/v1/money-cases" + query, Ct)).IsProblemAsync(400, "PAY-0206");
        Assert.Equal(400, (int)(await desk.Cashier.GetAsync("/api/v1/money-cases?after=x", Ct)).StatusCode);
        Assert.Equal(400, (int)(await desk.Cashier.GetAsync("/api/v1/money-cases?limit=0", Ct)).StatusCode);
    }

    [Fact]
    public async Task Nobody_but_cashiers_works_at_the_desk()
    {
        var of = await desk.CaseAsync(await fixture.PendingAsync(), amount: 5);
        foreach (var role in new[] { Roles.Officer, Roles.Leader, Roles.Auditor, Roles.Administrator })
        {
            await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, client: fixture.Official(role))).IsProblemAsync(403, "CMN-0403");
            await (await fixture.Official(role).GetAsync("/api/v1/money-cases", Ct)).IsProblemAsync(403, "CMN-0403");
        }
        await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, client: fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        await (await desk.DecideAsync(of, "refund", payee: Desk.Payee, client: fixture.Citizen(Guid.CreateVersion7()))).IsProblemAsync(403, "CMN-0403");
    }

    [Fact]
    public void Every_reason_of_a_mismatch_has_its_kind()
    {
        var payment = Domain.Some.Payment();
        Assert.Equal(
            [
                CaseKind.UnknownPayer, CaseKind.AmbiguousReference, CaseKind.Partial, CaseKind.WrongAccount, CaseKind.Double, CaseKind.Late, CaseKind.UnknownPayer,
                CaseKind.ClosedDossier, CaseKind.NotYetDue, CaseKind.NotTold,
            ],
            Enum.GetValues<MismatchReason>().Select(r => MoneyCase.KindOf(r, 1, payment)));
        Assert.Equal(CaseKind.Over, MoneyCase.KindOf(MismatchReason.WrongAmount, 150_001, payment));
    }

    private static List<Guid> Ids(System.Text.Json.JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
}
