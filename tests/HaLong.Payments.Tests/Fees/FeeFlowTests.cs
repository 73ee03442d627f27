using System.Text.Json;
using Grpc.Core;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Fees;
using HaLong.Payments.Tests.Cases;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static HaLong.Payments.Tests.Fees.Quotes;

namespace HaLong.Payments.Tests.Fees;

/// <summary>From what a dossier tells to the request or the waiver, the books and the refund.</summary>
public sealed class FeeFlowTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_keeps_its_quote_and_shows_it_line_by_line()
    {
        var owner = Guid.CreateVersion7();
        var filed = Filed([Term(20_000), Pages(7, 2)], owner: owner, assurance: 2);
        await fixture.Service.PublishAsync(filed);
        var payment = await RequestedAsync(filed);

        // Halved for digital citizens.
        Assert.Equal((19_000, 19_000), (payment.Amount, payment.Items.Sum(i => i.Amount)));
        var view = await (await fixture.Citizen(owner).GetAsync($"/api/v1/payments/{payment.Id}", Ct)).JsonAsync();
        var (charge, copies) = (view.GetProperty("items")[0], view.GetProperty("items")[1]);
        Assert.Equal(
            (20_000L, 10_000L, 10_000L, "fixed", "DIGITAL_CITIZEN_2026", true),
            (Number(charge, "fullAmount"), Number(charge, "reduction"), Number(charge, "amount"), Word(charge, "rule"), Word(charge, "reductionRule"), charge.GetProperty("assumed").GetBoolean()));
        Assert.Contains("giảm 50%, còn 10.000 đồng", Word(charge, "explanationVi"), StringComparison.Ordinal);
        Assert.Contains("50% less, 10,000 đồng remain", Word(charge, "explanationEn"), StringComparison.Ordinal);
        Assert.Equal((18_000L, 9_000L, 9_000L, "perPage", "DIGITAL_CITIZEN_2026"), (Number(copies, "fullAmount"), Number(copies, "amount"), Number(copies, "reduction"), Word(copies, "rule"), Word(copies, "reductionRule")));
        Assert.Equal("0011000000001", Word(charge.GetProperty("owedTo"), "account"));
    }

    [Fact]
    public async Task Where_nothing_is_left_to_pay_a_waiver_is_told_once_and_kept_instead_of_a_request()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-waived.v1", "halong.payment-requested.v1");
        var filed = Filed([Term(15_000), Term(0, "phi")], CivilStatus, claims: Claim("disabled"));
        var message = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => fixture.Service.PublishAsync(filed, i < 3 ? message : null)));
        // Only what comes after the waiver finds it: facts that are taken at the same moment come in any order.
        await Eventually.Async(async () => await fixture.QueryAsync(db => db.Waivers.AnyAsync(w => w.DossierId == filed.DossierId, Ct)), "the waiver");
        await fixture.Service.PublishAsync(Filed([Term()], claims: Claim("disabled", documents: 0)) with { DossierId = filed.DossierId });
        await BehindAsync();

        var told = Assert.Single(await probe.WaitAsync("dossierId", filed.DossierId));
        Assert.Equal(("atFiling", 15_000L, filed.OwnerId), (Word(told, "moment"), Number(told, "fullAmount"), told.GetProperty("ownerId").GetGuid()));
        var line = Assert.Single(told.GetProperty("lines").EnumerateArray());
        Assert.Equal(("lePhi", "CIVIL_STATUS_DISABLED", 15_000L), (Word(line, "kind"), Word(line, "rule"), Number(line, "fullAmount")));
        Assert.Null(await fixture.OfDossierAsync(filed.DossierId));
        var kept = await fixture.QueryAsync(db => db.Waivers.AsNoTracking().SingleAsync(w => w.DossierId == filed.DossierId, Ct));
        Assert.Equal(("atFiling", PaymentFixture.Unit, 15_000L, "CIVIL_STATUS_DISABLED"), (kept.Moment, kept.UnitCode, kept.FullAmount, Assert.Single(kept.Lines).Rule));
    }

    [Theory]
    [InlineData("UPDATE fee_waiver SET full_amount = 1")]
    [InlineData("DELETE FROM fee_waiver")]
    [InlineData("TRUNCATE fee_waiver")]
    public async Task A_waiver_stays_as_it_was_decided(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(statement, Ct)));
        Assert.Contains("insert-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dossier_without_fees_or_that_ended_is_neither_asked_nor_waived()
    {
        var (free, ended) = (Filed([Term(0)]), Filed([Term(15_000)], CivilStatus, claims: Claim("disabled")));
        await fixture.Service.PublishAsync(new DossierWithdrawn(
            ended.DossierId, ended.Code, 2, ended.OccurredAt, ended.ProcedureCode, ended.UnitCode, ended.OwnerId, "SUBMITTED", 0, FeeTreatments.None));
        await Eventually.Async(() => fixture.QueryAsync(db => db.ClosedDossiers.AnyAsync(d => d.DossierId == ended.DossierId, Ct)), "the end is known");
        await fixture.Service.PublishAsync(free);
        await fixture.Service.PublishAsync(ended);
        await BehindAsync();

        Assert.False(await fixture.QueryAsync(db => db.Waivers.AnyAsync(w => w.DossierId == free.DossierId || w.DossierId == ended.DossierId, Ct)));
        Assert.Null(await fixture.OfDossierAsync(free.DossierId));
    }

    [Fact]
    public async Task A_demand_of_the_procedures_fees_is_quoted_and_one_in_so_many_dong_is_not()
    {
        var filed = Filed([]);
        await fixture.Service.PublishAsync(Due(filed, 1, BasisOf([Term(30_000)], CivilStatus, "atResult", claims: Claim("merit", documents: 0))));
        await fixture.Service.PublishAsync(Due(filed, 2, null));
        var payments = await Eventually.ValueAsync(
            () => fixture.QueryAsync(db => db.Payments.AsNoTracking().AsSplitQuery().Where(p => p.DossierId == filed.DossierId).OrderBy(p => p.Moment).ToListAsync(Ct)),
            p => p.Count == 2, "two requests");

        Assert.Equal([("demand-1", 30_000L, "fixed"), ("demand-2", 90_000L, "asDemanded")], payments.Select(p => (p.Moment, p.Amount, p.Items[0].Rule)));
        Assert.Contains("Cần có để được giảm còn 0 đồng", payments[0].Items[0].ExplanationVi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_paid_is_owed_to_the_account_of_each_kind_and_refunds_take_it_back_from_there()
    {
        var filed = Filed([Term(30_000), Term(100_000, "phi"), Term(5_000), Term(1_000, "duty")], unit: PaymentFixture.UnitWithTreasury);
        await fixture.Service.PublishAsync(filed);
        var payment = await RequestedAsync(filed);
        Assert.Equal(["3511002", "3511001", "3511002", null], payment.Items.OrderBy(i => i.Line).Select(i => i.OwedAccount));
        (await fixture.NotifyAsync(PaymentFixture.Body(payment))).EnsureSuccessStatusCode();
        await Eventually.ValueAsync(() => fixture.ReloadAsync(payment), p => p.State == PaymentState.Settled, "settled");
        const string Due = "due:970405:8000201007777:";
        Assert.Equal(
            [("bank:970405:8000201007777", 136_000L), (Due + "duty", -1_000L), (Due + "lePhi:970415:3511002", -35_000L), (Due + "phi:970415:3511001", -100_000L)],
            await BooksAsync(payment));

        await RefundedAsync(payment, 30_000, 136_000);
        await RefundedAsync(payment, 10_000, 106_000);

        // The duty first, then the charge, then the fee: each to nothing and no further.
        Assert.Equal(
            [("bank:970405:8000201007777", 96_000L), (Due + "phi:970415:3511001", -96_000L)], (await BooksAsync(payment)).Where(b => b.Item2 != 0));
    }

    [Fact]
    public async Task Services_and_people_may_ask_for_a_quote_nobody_else()
    {
        foreach (var who in new[] { "service", "person" })
        {
            var answer = await fixture.Quotes(who).QuoteAsync(Question(), cancellationToken: Ct);
            Assert.Equal((10_000, 5_000), (answer.Full, answer.Total));
            var line = Assert.Single(answer.Lines);
            Assert.Equal((5_000, "DIGITAL_CITIZEN_2026", "Thông tư 117/2026/TT-BTC", true), (line.Reduction, line.ReductionRule, line.Source, line.Assumed));
            Assert.Contains(line.Helps, h => h is { Category: "disabled", Amount: 0, Claimed: true, Refused: true });
            Assert.Contains(line.Helps, h => h is { Category: "child", Claimed: false });
        }
        foreach (var who in new[] { "partner", "nobody" })
            await Assert.ThrowsAsync<RpcException>(() => fixture.Quotes(who).QuoteAsync(Question(), cancellationToken: Ct).ResponseAsync);
    }

    [Theory]
    [InlineData("day")]
    [InlineData("kind")]
    [InlineData("quantity")]
    [InlineData("amount")]
    [InlineData("percent")]
    [InlineData("tier")]
    [InlineData("claim")]
    [InlineData("terms")]
    public void A_question_that_makes_no_sense_is_refused(string what)
    {
        var question = Question();
        var term = question.Terms[0];
        switch (what)
        {
            case "day": question.Day = "30/11/2026"; break;
            case "kind": term.Kind = "gift"; break;
            case "quantity": term.Quantity = 0; break;
            case "amount": term.Amount = -1; break;
            case "percent": term.Exemptions.Add(new V1.FeeExemptionMessage { Category = "x", Percent = 101 }); break;
            case "tier": term.Tiers.Add(new V1.FeeTierMessage { FromPage = 3, ToPage = 2 }); break;
            case "claim": question.Claims.Add(new V1.FeeClaimMessage()); break;
            default: question.Terms.AddRange(Enumerable.Repeat(term, 50)); break;
        }
        Assert.Equal("PAY-0401", FeeQuotesGrpc.Read(question).Error.Code);
    }

    [Fact]
    public async Task More_than_a_payment_can_be_is_refused_with_its_code()
    {
        var question = Question();
        (question.Terms[0].Amount, question.Terms[0].Quantity) = (FeeAmount.Max, 10_000);
        var refused = await Assert.ThrowsAsync<RpcException>(() => fixture.Quotes().QuoteAsync(question, cancellationToken: Ct).ResponseAsync);
        Assert.Equal("PAY-0402", refused.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
    }

    [Theory]
    [InlineData("Phi:Bin", "12")]
    [InlineData("LePhi:Account", "")]
    [InlineData("Phi:Name", "")]
    public void An_account_at_the_treasury_is_checked_like_any(string key, string value)
    {
        var options = new BeneficiaryOptions();
        options.Default.Phi = new BeneficiaryAccount { Bin = "970415", Account = "1", Name = "A" };
        options.Default.LePhi = new BeneficiaryAccount { Bin = "970415", Account = "2", Name = "B" };
        var check = new BeneficiaryOptionsCheck(new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Development" });
        Assert.True(check.Validate(null, options).Succeeded);
        var of = key.StartsWith("Phi", StringComparison.Ordinal) ? options.Default.Phi : options.Default.LePhi;
        typeof(BeneficiaryAccount).GetProperty(key.Split(':')[1])!.SetValue(of, value);
        Assert.Contains(key, check.Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    private static V1.QuoteFeesRequest Question() => new()
    {
        ProcedureCode = Residence,
        Channel = "online",
        Moment = "atFiling",
        Day = "2026-11-30",
        Assurance = 2,
        Terms = { new V1.FeeTermMessage { Kind = "lePhi", NameVi = "Lệ phí", Amount = 10_000, Quantity = 1, Rule = "mỗi lần" } },
        Claims = { new V1.FeeClaimMessage { Category = "disabled", Documents = 1, Review = V1.FeeClaimReview.Refused } },
    };

    private static FeeBasis BasisOf(FeeTerm[] terms, string procedure, string moment, int assurance = 1, params FeeClaim[] claims) =>
        In(terms, procedure, assurance: assurance, moment: moment, claims: claims).Basis;

    private static DossierSubmitted Filed(
        FeeTerm[] terms, string procedure = Residence, Guid? owner = null, string unit = PaymentFixture.Unit, int assurance = 1, params FeeClaim[] claims) =>
        PaymentFixture.Filed(owner: owner, unit: unit) with { ProcedureCode = procedure, Basis = BasisOf(terms, procedure, "atFiling", assurance, claims) };

    private static DossierFeeDue Due(DossierSubmitted filed, int number, FeeBasis? basis) => new(
        filed.DossierId, filed.Code, number + 1, filed.OccurredAt, CivilStatus, filed.UnitCode, filed.OwnerId, filed.ActorId, "counter", Guid.CreateVersion7(), number,
        [new FeeItem("phi", "Phí", 90_000, false)], TimeProvider.System.GetUtcNow().AddDays(30))
    { Basis = basis };

    private async Task<PaymentRequest> RequestedAsync(DossierSubmitted filed) =>
        (await Eventually.ValueAsync(() => fixture.OfDossierAsync(filed.DossierId), p => p is not null, "payment request"))!;

    /// <summary>What was published before has been taken: a filing behind it has its request.</summary>
    private async Task BehindAsync()
    {
        for (var i = 0; i < 2; i++)
            await fixture.PendingAsync();
        await Eventually.Async(
            async () => await fixture.QueryAsync(db => db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM outbox_message").SingleAsync(Ct)) == 0, "empty outbox");
    }

    private async Task RefundedAsync(PaymentRequest payment, long amount, long available)
    {
        var (cashier, chief) = (fixture.Official(Roles.Cashier, payment.UnitCode), fixture.Official(Roles.Chief, payment.UnitCode));
        var desk = new Desk(fixture);
        var body = new { paymentId = payment.Id, amount, available, rule = "byLaw", reason = "không đủ điều kiện", payee = Desk.Payee };
        var id = (await (await desk.SendAsync(HttpMethod.Post, "/api/v1/refunds", body, cashier)).JsonAsync(201)).GetProperty("id").GetGuid();
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{id}/approval", new { }, chief)).JsonAsync();
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{id}/payment", new { bankReference = "FT" + amount }, cashier)).JsonAsync();
    }

    private async Task<List<(string, long)>> BooksAsync(PaymentRequest payment)
    {
        var lines = await fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.PaymentId == payment.Id).SelectMany(e => e.Lines).ToListAsync(Ct));
        return [.. lines.Where(l => !l.Account.StartsWith("refund", StringComparison.Ordinal)).GroupBy(l => l.Account).Select(g => (g.Key, g.Sum(l => l.Amount))).OrderBy(b => b.Key, StringComparer.Ordinal)];
    }

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    private static string? Word(JsonElement of, string name) => of.GetProperty(name).GetString();
}
