using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Dossiers.Tests.Features.Lifecycle;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>Two who want different things of the same dossier at the same moment, and messages that come in between.</summary>
public sealed class LifecycleRaceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Thought = new { reason = "Không còn nhu cầu" };

    [Theory]
    [InlineData("SUBMITTED", "acceptance", "refusal")]
    [InlineData("SUBMITTED", "acceptance", "supplement-requests")]
    [InlineData("SUBMITTED", "acceptance", "withdrawal")]
    [InlineData("ACCEPTED", "forwarding", "assignment")]
    [InlineData("PROCESSING", "approval", "refusal")]
    [InlineData("PROCESSING", "approval", "stop")]
    [InlineData("PROCESSING", "approval", "fee-request")]
    [InlineData("PROCESSING", "release", "opinions")]
    [InlineData("PROCESSING", "supplement-requests", "withdrawal")]
    public async Task Of_two_who_saw_the_same_revision_one_wins_and_the_other_is_told(string from, string one, string two)
    {
        var client = dossiers.Citizen();
        var id = await Find(from, one).MakeAsync(dossiers, client);
        var seen = await ViewAsync(client, id);
        var revision = $"\"{seen.GetProperty("version").GetUInt32()}\"";
        var before = (await StepsAsync(id)).Count;

        var answers = await Task.WhenAll(ActAsync(from, one), ActAsync(from, two));

        var won = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed);
        var steps = await StepsAsync(id);
        Assert.Single(steps.Skip(before), s => s != "resolve");
        var shown = (await BodyAsync(won)).GetProperty("status").GetString();
        var path = won == answers[0] ? one : two;
        Assert.Equal(path == "withdrawal" ? "WITHDRAWN" : Find(from, path).To, shown);

        Task<HttpResponseMessage> ActAsync(string state, string what) => what == "withdrawal"
            ? PostAsync(client, id, what, Thought, revision)
            : PostAsync(Find(state, what).By(dossiers), id, what, Find(state, what).Body, revision);
    }

    [Fact]
    public async Task The_same_request_sent_many_times_at_once_under_one_key_happens_once()
    {
        var client = dossiers.Citizen();
        foreach (var path in new[] { "opinions", "notes", "fee-request" })
        {
            var operation = Find("PROCESSING", path);
            var id = await operation.MakeAsync(dossiers, client);
            var (official, key, before) = (operation.By(dossiers), Guid.CreateVersion7().ToString(), (await StepsAsync(id)).Count);
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync(official, id, path, operation.Body, key: key)));
            Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
            // Whoever asks again under the key hears the answer of the first time.
            using var again = await PostAsync(official, id, path, operation.Body, key: key);
            Assert.True(again.Headers.Contains("Idempotency-Replayed"));
            Assert.Equal(before + 1, (await StepsAsync(id)).Count);
        }
    }

    [Fact]
    public async Task Money_that_arrives_while_the_applicant_withdraws_is_told_once_and_never_lost()
    {
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var client = dossiers.Citizen();
        for (var round = 0; round < 3; round++)
        {
            var (id, payment) = (await SubmittedAsync(client), Guid.CreateVersion7());
            var withdrawing = UntilDoneAsync(() => PostAsync(client, id, "withdrawal", Thought));
            await Task.WhenAll(SettleAsync(id, payment), withdrawing, SettleAsync(id, payment));
            await WaitForAsync(client, id, d => d.GetProperty("payment") is { ValueKind: JsonValueKind.Object } p && p.GetProperty("status").GetString() == "settled", "the money is recorded");
            await Afterwards.CalmAsync(dossiers, ear, id);
            var moves = await Afterwards.FitsAsync(dossiers, ear, id);
            Assert.Equal(["pay", "submit", "withdraw"], moves.Order());
            var withdrawn = Assert.Single(ear.All<DossierWithdrawn>(id));
            var later = ear.All<DossierFeePaid>(id).Where(f => f.Sequence > withdrawn.Sequence).Sum(f => f.Amount);
            Assert.Equal((150_000L, withdrawn.PaidAmount > 0 ? FeeTreatments.Refund : FeeTreatments.None), (withdrawn.PaidAmount + later, withdrawn.FeeTreatment));
        }
    }

    [Fact]
    public async Task A_duty_paid_while_the_handling_is_stopped_does_not_wake_the_dossier()
    {
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var client = dossiers.Citizen();
        for (var round = 0; round < 3; round++)
        {
            var demand = Find("PROCESSING", "fee-request");
            var id = await demand.MakeAsync(dossiers, client);
            await BodyAsync(await PostAsync(demand.By(dossiers), id, demand.Path, demand.Body));
            var stop = Find("PROCESSING", "stop");
            await Task.WhenAll(
                UntilDoneAsync(() => PostAsync(stop.By(dossiers), id, stop.Path, stop.Body)), SettleAsync(id, Guid.CreateVersion7(), 5, FeeMoments.OfDemand(1)));
            await dossiers.InDbAsync(db => Eventually.ValueAsync(
                () => db.Timeline.CountAsync(t => t.DossierId == id && t.Action == "payDemand", Ct), n => n == 1, "the duty is paid"));
            await Afterwards.CalmAsync(dossiers, ear, id);
            Assert.Equal(["accept", "assign", "payDemand", "requireFee", "stop", "submit"], (await Afterwards.FitsAsync(dossiers, ear, id)).Order());
            Assert.Equal("STOPPED", (await ViewAsync(client, id)).GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task A_completion_and_a_withdrawal_at_once_leave_the_dossier_withdrawn()
    {
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var client = dossiers.Citizen();
        for (var round = 0; round < 3; round++)
        {
            var id = await SubmittedAsync(client, Free);
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
            var completing = PostAsync(client, id, "supplement", new { data = new { thua = 7 } });
            await Task.WhenAll(completing, UntilDoneAsync(() => PostAsync(client, id, "withdrawal", Thought)));
            Assert.Contains((await completing).StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
            await Afterwards.CalmAsync(dossiers, ear, id);
            var moves = await Afterwards.FitsAsync(dossiers, ear, id);
            Assert.Equal((await completing).StatusCode == HttpStatusCode.OK, moves.Contains("supplement"));
            Assert.Equal("withdraw", moves[^1]);
        }
    }

    [Fact]
    public async Task A_result_that_two_hand_over_at_once_is_handed_over_once()
    {
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var client = dossiers.Citizen();
        var id = await dossiers.ResolvedAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            PostAsync(dossiers.Official(i % 2 == 0 ? Roles.Reception : Roles.Officer), id, "return", new { receivedBy = "Nguyễn Văn Dân" })));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        await Afterwards.CalmAsync(dossiers, ear, id);
        Assert.Equal("return", (await Afterwards.FitsAsync(dossiers, ear, id))[^1]);
        Assert.Single(ear.All<DossierReturned>(id));
    }

    [Fact]
    public async Task A_unit_abolished_while_its_dossier_is_decided_passes_it_on_and_no_decision_is_lost()
    {
        await using var ear = await FactEar.StartAsync(new Uri(dossiers.Factory.Broker));
        var client = dossiers.Citizen();
        var approval = Find("PROCESSING", "approval");
        for (var round = 0; round < 3; round++)
        {
            var id = await approval.MakeAsync(dossiers, client);
            await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id)
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.UnitId, "06664@2020-01-01").SetProperty(d => d.ReceivingUnitId, "06664@2020-01-01"), Ct));
            var approving = PostAsync(approval.By(dossiers), id, approval.Path, approval.Body);
            await Task.WhenAll(approving, FollowAsync());
            // Held by the approval or by who signs it, it is passed on at a later look.
            await Eventually.Async(async () => await FollowAsync() is not null && (await ViewAsync(client, id)).GetProperty("unitCode").GetString() == OtherUnit, "it is passed on");
            // Who came too late belongs to the old unit; the new one decides.
            if ((await approving).StatusCode != HttpStatusCode.OK)
            {
                Assert.Contains((await approving).StatusCode, new[] { HttpStatusCode.Conflict, HttpStatusCode.NotFound });
                await RefusedAsync(await PostAsync(approval.By(dossiers), id, approval.Path, approval.Body), 404, "DOS-0001");
                await BodyAsync(await PostAsync(approval.By(dossiers, OtherUnit), id, approval.Path, approval.Body));
            }
            var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
            Assert.Equal(OtherUnit, view.GetProperty("unitCode").GetString());
            await Afterwards.CalmAsync(dossiers, ear, id);
            Assert.Equal(["accept", "approve", "assign", "resolve", "submit", "transfer"], (await Afterwards.FitsAsync(dossiers, ear, id)).Order());
        }
    }

    private static Operation Find(string from, string path) => Operation.All.Single(o => o.From == from && o.Path == path);

    private Task<OpenUnits.Report> FollowAsync() => dossiers.Factory.InScopeAsync((OpenUnits units) => units.FollowAsync(Ct));

    private Task<List<string>> StepsAsync(Guid id) =>
        dossiers.InDbAsync(db => db.Timeline.Where(t => t.DossierId == id).OrderBy(t => t.Step).Select(t => t.Action).ToListAsync(Ct));

    private Task SettleAsync(Guid id, Guid payment, long amount = 150_000, string? moment = null)
    {
        var settled = new PaymentSettled(payment, id, "c", Guid.Empty, amount, TimeProvider.System.GetUtcNow(), "lab");
        return dossiers.Factory.PublishAsync(moment is null ? settled : settled with { Moment = moment });
    }

    // Like somebody who presses the button again after a lost race.
    private static async Task UntilDoneAsync(Func<Task<HttpResponseMessage>> send)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await send();
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            Assert.True(answer.StatusCode == HttpStatusCode.Conflict && attempt < 10, $"{(int)answer.StatusCode} at attempt {attempt}: {await answer.Content.ReadAsStringAsync(Ct)}");
        }
    }
}
