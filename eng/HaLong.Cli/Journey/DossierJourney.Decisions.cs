using System.Globalization;

namespace HaLong.Cli.Journey;

/// <summary>The variants in which the agency decides something on the way: a financial duty, a new appointment, a refusal.</summary>
internal sealed partial class DossierJourney
{
    private const string WrongState = "DOS-0008", AlreadyExtended = "DOS-0106";

    private async Task PayInHandlingAsync()
    {
        const long Duty = 1_250_000;
        var demand = "";
        await StepAsync("case officer demands a financial duty", async () =>
        {
            await ActAsync("officer", "fee-request", new
            {
                fees = new[] { new { kind = "duty", name = "Lệ phí trước bạ nhà, đất", amount = Duty } },
                reason = "Thông báo nộp lệ phí trước bạ của cơ quan thuế.",
                legalBasis = "Nghị định 10/2022/NĐ-CP",
            });
            await CheckAsync("WAIT_PAYMENT", "payment", "DUTY");
            return await StandsAsync();
        });
        await StepAsync("approver cannot approve meanwhile", async () =>
        {
            var approver = await AsAsync("approver");
            var dossier = await approver.GetAsync($"/api/v1/dossiers/{_dossierId}");
            await approver.RefusedAsync($"/api/v1/dossiers/{_dossierId}/approval", new { decision = "Đồng ý." }, WrongState, dossier.Etag);
            return WrongState;
        });
        await StepAsync("citizen gets the demand", async () =>
        {
            var dossier = await StepLog.UntilAsync(DossierAsync, d => Text(d["lifecycle"]!["demands"]![0]!, "paymentId").Length > 0, "the demand has its payment request");
            var shown = dossier["lifecycle"]!["demands"]![0]!;
            StepLog.Check(Text(shown, "amount") == Duty.ToString(CultureInfo.InvariantCulture) && Text(shown, "state") == "open", "the demand says how much: " + shown.ToJsonString());
            demand = Text(shown, "paymentId");
            return $"{Duty} đồng until {Text(shown, "deadline")}";
        });
        await StepAsync("citizen pays the demand by VietQR", async () =>
        {
            var reference = await TransferAsync(await AsAsync("citizen"), demand, "demand");
            await StepLog.UntilAsync(DossierAsync, d => Text(d, "status") == "PROCESSING", "the handling goes on");
            return "settled, reference " + reference;
        });
        await StepAsync("the clock goes on", async () =>
        {
            var ledger = await DeadlineAsync();
            StepLog.Check(Text(ledger, "state") == "running" && Text(ledger["steps"]!.AsArray()[^1]!, "effect") == "resume", "the clock runs: " + Text(ledger, "state"));
            await CheckAsync("PROCESSING", "officer", "APPRAISAL");
            return "due " + Text(ledger, "dueAt");
        });
    }

    private async Task ExtendAsync()
    {
        var before = await DeadlineAsync();
        await StepAsync("leader apologises and gives a new date", async () =>
        {
            var day = await AppointmentAsync(DateOnly.FromDateTime(Moment(before, "dueAt").UtcDateTime.AddHours(7)));
            await ActAsync("leader", "extension", new { dueDate = day, reason = "Cần thêm thời gian xác minh nguồn gốc thửa đất." });
            var after = await DeadlineAsync();
            StepLog.Check(DateOnly.FromDateTime(Moment(after, "dueAt").UtcDateTime.AddHours(7)) == day, "the new date is the one given: " + Text(after, "dueAt"));
            StepLog.Check(Moment(after, "originalDueAt") == Moment(before, "dueAt"), "the first date is kept");
            evidence.Save("deadline-extended.json", after);
            return $"{Text(before, "dueAt")} → {Text(after, "dueAt")}";
        });
        await StepAsync("leader cannot do it a second time", async () =>
        {
            var leader = await AsAsync("leader");
            var dossier = await leader.GetAsync($"/api/v1/dossiers/{_dossierId}");
            var day = await AppointmentAsync(DateOnly.FromDateTime(Moment(dossier.Json, "dueAt").UtcDateTime.AddHours(7)));
            await leader.RefusedAsync($"/api/v1/dossiers/{_dossierId}/extension", new { dueDate = day, reason = "Cần thêm thời gian." }, AlreadyExtended, dossier.Etag);
            return AlreadyExtended;
        });
    }

    /// <summary>A working day a week later, by the published calendar.</summary>
    private async Task<DateOnly> AppointmentAsync(DateOnly due)
    {
        var special = new HashSet<DateOnly>();
        foreach (var year in (int[])[due.Year, due.Year + 1])
        {
            var calendar = (await Anybody.GetAsync("/api/v1/calendar?year=" + year.ToString(CultureInfo.InvariantCulture))).Json;
            special.UnionWith(calendar["days"]!.AsArray().Select(d => DateOnly.Parse(Text(d!, "date"), CultureInfo.InvariantCulture)));
        }

        return Appointment.After(due, special);
    }

    private async Task<string> RefuseAsync()
    {
        await ActAsync("approver", "refusal", new
        {
            legalBasis = "Khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP",
            reason = "Thửa đất nằm trong khu vực đang có tranh chấp được Tòa án thụ lý.",
        });
        var dossier = await DossierAsync();
        StepLog.Check(Text(dossier["lifecycle"]!, "outcome") == "REFUSED" && Text(dossier["lifecycle"]!, "legalBasis").Length > 0, "the citizen reads the legal ground");
        return "the written refusal waits for its signature";
    }
}
