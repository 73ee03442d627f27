using System.Collections.Concurrent;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using MassTransit;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>One dossier to which nearly everything happens: what people, partners and the database see afterwards fits together.</summary>
public sealed class WholeWayTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_dossier_to_which_everything_happens_tells_it_without_a_gap()
    {
        var heard = new ConcurrentDictionary<long, string>();
        await using var ear = await EarAsync(heard);
        var client = dossiers.Citizen(check: "4321");
        var (officer, approver) = (Guid.CreateVersion7(), dossiers.Official(Roles.Approver));
        var (mine, reception) = (dossiers.Official(Roles.Officer, id: officer), dossiers.Official(Roles.Reception));
        var id = await SubmittedAsync(client, Free);
        ear.Id = id;

        // Reception asks once, the applicant completes, reception accepts with an original and forwards.
        await BodyAsync(await PostAsync(reception, id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
        await BodyAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 21 } }));
        await BodyAsync(await PostAsync(reception, id, "acceptance", new { originals = 1 }));
        await BodyAsync(await PostAsync(reception, id, "forwarding"));
        await BodyAsync(await PostAsync(mine, id, "assignment"));

        // The officer asks the applicant again at his stage, another agency, and for a tax.
        await BodyAsync(await PostAsync(mine, id, "supplement-requests", new { items = new[] { new { component = 2, reason = "Mờ" } } }));
        (await UploadAsync(client, id, 2, Samples.Pdf("rõ hơn"))).EnsureSuccessStatusCode();
        await BodyAsync(await PostAsync(client, id, "supplement"));
        await BodyAsync(await PostAsync(mine, id, "opinions", new { unitCode = OtherUnit, question = "Có tranh chấp không?" }));
        var opinion = (await GetAsync(mine, $"/api/v1/dossiers/{id}/opinions"))[0].GetProperty("id").GetGuid();
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Officer, OtherUnit), id, $"opinions/{opinion}/answer", new { answer = "Không." }));
        await BodyAsync(await PostAsync(mine, id, "fee-request", new { fees = new[] { new { kind = "duty", name = "Thuế", amount = 900_000 } }, reason = "Thuế" }));
        await dossiers.Factory.PublishAsync(
            new PaymentSettled(Guid.CreateVersion7(), id, "c", Guid.Empty, 900_000, TimeProvider.System.GetUtcNow(), "lab") { Moment = FeeMoments.OfDemand(1) });
        var view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "PROCESSING", "the tax is paid");

        // A new appointment, the approval, the signature, the return with the original, and a correction.
        var later = Play.Calendar.RollForward(LocalTime.Date(view.GetProperty("dueAt").GetDateTimeOffset()).AddDays(7));
        await BodyAsync(await PostAsync(approver, id, "extension", new { dueDate = later, reason = "Xác minh thực địa" }));
        await BodyAsync(await PostAsync(approver, id, "approval", new { decision = "Chấp thuận." }));
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        await BodyAsync(await PostAsync(reception, id, "return", new { receivedBy = "Nguyễn Văn Dân", originalsReturned = true }));
        await BodyAsync(await PostAsync(approver, id, "result", new { decision = "Chấp thuận, sửa tên.", reason = "Sai tên" }));
        view = await WaitForAsync(client, id, d => d.GetProperty("lifecycle").GetProperty("corrections").GetInt32() == 1, "the correction is signed");

        Assert.Equal(("RETURNED", JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("waitingFor").ValueKind));
        await StepsFitAsync(client, id);
        await FactsFitAsync(heard);
        await FormsFitAsync(client, mine, id);
        await ClockFitsAsync(client, id, later);
        await TrackingFitsAsync(view.GetProperty("code").GetString()!);
    }

    private static async Task StepsFitAsync(HttpClient client, Guid id)
    {
        var steps = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().ToList();
        Assert.Equal(
            [
                "submit", "requestSupplement", "supplement", "accept", "forward", "assign", "requestSupplement", "supplement", "requestOpinion", "answerOpinion",
                "requireFee", "payDemand", "extend", "approve", "resolve", "return", "correct", "replaceResult",
            ],
            steps.Select(s => s.GetProperty("action").GetString()));
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            Assert.Equal(before.GetProperty("to").GetString(), after.GetProperty("from").GetString());
            Assert.True(before.GetProperty("at").GetDateTimeOffset() <= after.GetProperty("at").GetDateTimeOffset());
        }
    }

    private static async Task FactsFitAsync(ConcurrentDictionary<long, string> heard)
    {
        string[] expected =
        [
            nameof(DossierSubmitted), nameof(DossierSupplementRequested), nameof(DossierSupplemented), nameof(DossierAccepted), nameof(DossierProcessingStarted),
            nameof(DossierSupplementRequested), nameof(DossierSupplemented), nameof(DossierFeeDue), nameof(DossierFeePaid), nameof(DossierDeadlineExtended),
            nameof(DossierApproved), nameof(DossierResultReady), nameof(DossierReturned), nameof(DossierResultCorrected),
        ];
        // The first may have gone before its dossier was known here.
        await Eventually.Async(() => Task.FromResult(heard.Keys.Count(k => k > 1) == expected.Length - 1), "all facts are heard");
        Assert.Equal(expected.Skip(1), heard.Where(h => h.Key > 1).OrderBy(h => h.Key).Select(h => h.Value));
        Assert.Equal(Enumerable.Range(2, expected.Length - 1).Select(n => (long)n), heard.Keys.Where(k => k > 1).Order());
    }

    private static async Task FormsFitAsync(HttpClient client, HttpClient officer, Guid id)
    {
        var all = (await GetAsync(officer, $"/api/v1/dossiers/{id}/forms")).EnumerateArray().ToList();
        Assert.Equal(
            ["SUPPLEMENT", "RECEIPT", "CONTROL", "CONTROL", "SUPPLEMENT", "CONTROL", "CONTROL", "APOLOGY", "CONTROL"],
            all.Select(f => f.GetProperty("kind").GetString()));
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(f => f.GetProperty("serial").GetInt32()));
        var receipt = all[1].GetProperty("data");
        Assert.Equal(2, receipt.GetProperty("components").GetArrayLength());
        Assert.False(string.IsNullOrEmpty(receipt.GetProperty("timeLimit").GetString()));
        var seen = (await GetAsync(client, $"/api/v1/dossiers/{id}/forms")).EnumerateArray().Select(f => f.GetProperty("kind").GetString());
        Assert.Equal(["SUPPLEMENT", "RECEIPT", "SUPPLEMENT", "APOLOGY"], seen);
    }

    private async Task ClockFitsAsync(HttpClient client, Guid id, DateOnly later)
    {
        var effects = await dossiers.InDbAsync(db => Task.FromResult(
            db.ClockEntries.Where(c => c.DossierId == id).OrderBy(c => c.Number).AsEnumerable().Select(c => c.Effect.ToString()).ToList()));
        Assert.Equal(["Start", "Pause", "Restart", "Pause", "Resume", "Extend", "Stop"], effects);
        var view = await ViewAsync(client, id);
        Assert.Equal(later, LocalTime.Date(view.GetProperty("dueAt").GetDateTimeOffset()));
        var ledger = await GetAsync(client, $"/api/v1/dossiers/{id}/deadline");
        Assert.Contains("Chờ thực hiện nghĩa vụ tài chính", ledger.GetRawText(), StringComparison.Ordinal);
    }

    private async Task TrackingFitsAsync(string code)
    {
        var tracking = await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{code}?check=4321");
        Assert.Equal((5, 5), (tracking.GetProperty("step").GetInt32(), tracking.GetProperty("steps").GetInt32()));
        foreach (var secret in new[] { "Xác minh thực địa", "Nguyễn Văn Dân", "Sai tên", "Có tranh chấp" })
            Assert.DoesNotContain(secret, tracking.GetRawText(), StringComparison.Ordinal);
    }

    private async Task<Ear> EarAsync(ConcurrentDictionary<long, string> heard)
    {
        var ear = new Ear(heard);
        await ear.StartAsync(new Uri(dossiers.Factory.Broker));
        return ear;
    }

    /// <summary>Hears every fact of one dossier.</summary>
    private sealed class Ear(ConcurrentDictionary<long, string> heard) : IAsyncDisposable,
        IConsumer<DossierSupplementRequested>, IConsumer<DossierSupplemented>, IConsumer<DossierAccepted>, IConsumer<DossierProcessingStarted>, IConsumer<DossierFeeDue>,
        IConsumer<DossierFeePaid>, IConsumer<DossierDeadlineExtended>, IConsumer<DossierApproved>, IConsumer<DossierResultReady>, IConsumer<DossierReturned>,
        IConsumer<DossierResultCorrected>
    {
        private IBusControl? bus;

        public Guid Id { get; set; }

        public async Task StartAsync(Uri broker)
        {
            bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
            {
                rabbit.Host(broker);
                rabbit.ReceiveEndpoint($"ear-{Guid.CreateVersion7():N}", endpoint =>
                {
                    endpoint.AutoDelete = true;
                    endpoint.Instance(this);
                });
            });
            await bus.StartAsync(TimeSpan.FromSeconds(30));
        }

        public Task Consume(ConsumeContext<DossierSupplementRequested> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierSupplemented> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierAccepted> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierProcessingStarted> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierFeeDue> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierFeePaid> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierDeadlineExtended> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierApproved> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierResultReady> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierReturned> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public Task Consume(ConsumeContext<DossierResultCorrected> context) => Keep(context.Message.DossierId, context.Message.Sequence, context.Message);

        public async ValueTask DisposeAsync() => await bus!.StopAsync(TimeSpan.FromSeconds(5));

        private Task Keep(Guid dossier, long sequence, object fact)
        {
            if (dossier == Id)
                Assert.True(heard.TryAdd(sequence, fact.GetType().Name) || heard[sequence] == fact.GetType().Name);
            return Task.CompletedTask;
        }
    }
}
