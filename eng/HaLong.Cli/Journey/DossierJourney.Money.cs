using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>The variants in which money does not fit, or goes back: it comes after the end, it is too much, it is refunded. Two persons decide about what leaves.</summary>
internal sealed partial class DossierJourney
{
    private const string CodeEnded = "PAY-0003", NotReviewer = "PAY-0307", AvailableChanged = "PAY-0305";

    private const long Excess = 30_000;

    /// <summary>A procedure whose codes soon end on a development platform.</summary>
    private const string ShortProcedure = "1.012784";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    private static readonly object PayeeAccount = new { bin = "970422", account = "0123456789", name = "Nguyễn Thị Hạnh" };

    private string _payload = "";

    private async Task PayLateAsync()
    {
        await StepAsync("citizen gets a code and forgets it", ForgetAsync);
        await StepAsync("citizen gets no new code", async () =>
        {
            var citizen = await AsAsync("citizen");
            await citizen.RefusedAsync($"/api/v1/payments/{_paymentId}/attempts", new { method = "vietqr" }, CodeEnded);
            return CodeEnded;
        });
        await StepAsync("citizen pays by the old code", () => TransferMoreAsync(0));
        var of = "";
        await StepAsync("cashier finds money that came late", async () =>
        {
            var found = await CaseAsync("late", "accept");
            of = Text(found, "id");
            return $"case {of}, until {Text(found, "dueAt")}, proposal {Text(found, "proposal")}";
        });
        await StepAsync("citizen hears that it is looked at", () => HearsAsync("money-case-opened"));
        await StepAsync("cashier accepts it", () => DecideAsync(of, "Chuyển khoản sau hạn của mã; hồ sơ còn hiệu lực, nhận để nộp phí."));
        await StepAsync("the dossier is paid", PaidAsync);
        await StepAsync("the ledger has it as owed to the treasury", () => BookedAsync("unmatched", "acceptance"));
    }

    private async Task PayTooMuchAsync()
    {
        await StepAsync("citizen gets a code", async () =>
        {
            await CodeAsync();
            return "VietQR";
        });
        await StepAsync("citizen types too much", () => TransferMoreAsync(Excess));
        var (of, refund) = ("", "");
        await StepAsync("cashier finds more than is due", async () =>
        {
            var found = await CaseAsync("over", "accept");
            of = Text(found, "id");
            return $"case {of}, {Text(found, "amount")} đồng came";
        });
        await StepAsync("citizen hears that it is looked at", () => HearsAsync("money-case-opened"));
        await StepAsync("cashier accepts it", () => DecideAsync(of, "Nộp thừa; nhận đủ phí, hoàn phần thừa."));
        await StepAsync("the dossier is paid", PaidAsync);
        await StepAsync("what is over is promised back", async () =>
        {
            var promised = await StepLog.UntilAsync(() => RefundsAsync("proposed", r => Text(r, "caseId") == of), r => r.Count == 1, "the refund of the rest");
            refund = Text(promised[0], "id");
            StepLog.Check(Text(promised[0], "amount") == Number(Excess), "all of it: " + Text(promised[0], "amount"));
            await (await AsAsync("cashier")).SendAsync(HttpMethod.Put, $"/api/v1/refunds/{refund}/payee", JsonContent.Create(PayeeAccount));
            return $"{Excess} đồng, to the account that the citizen named";
        });
        await PayBackAsync(refund, Excess);
        await StepAsync("the ledger has it out again", () => BookedAsync("unmatched", "acceptance", "payout"));
    }

    private async Task RefundAsync()
    {
        var (amount, refund) = (0L, "");
        await StepAsync("cashier proposes to give the fee back", async () =>
        {
            var cashier = await AsAsync("cashier");
            var payment = (await cashier.GetAsync("/api/v1/payments/" + _paymentId)).Json;
            amount = payment["amount"]!.GetValue<long>() - payment["refunded"]!.GetValue<long>();
            object Proposal(long available) => new { paymentId = _paymentId, amount, available, rule = "refused", reason = "Hồ sơ bị từ chối, tổ chức thu chưa thực hiện thẩm định.", payee = PayeeAccount };
            await cashier.RefusedAsync("/api/v1/refunds", Proposal(amount - 1), AvailableChanged);
            refund = Text((await cashier.PostAsync("/api/v1/refunds", Proposal(amount))).Json, "id");
            return $"{amount} đồng; with another figure seen than there is: {AvailableChanged}";
        });
        await PayBackAsync(refund, amount);
        await StepAsync("citizen sees the payment refunded", async () =>
        {
            var payment = (await (await AsAsync("citizen")).GetAsync("/api/v1/payments/" + _paymentId)).Json;
            StepLog.Check((Text(payment, "status"), Text(payment, "refunded")) == ("refunded", Number(amount)), "all of it is back: " + payment.ToJsonString());
            evidence.Save("payment-refunded.json", payment);
            return "refunded";
        });
        await StepAsync("the ledger owes nothing for it", () => BookedAsync("settlement", "refundApproval", "payout"));
    }

    /// <summary>Agreed to by a second person, paid out in a file, confirmed with the bank's number.</summary>
    private async Task PayBackAsync(string refund, long amount)
    {
        await StepAsync("cashier cannot agree to it", async () =>
        {
            await (await AsAsync("cashier")).RefusedAsync($"/api/v1/refunds/{refund}/approval", new { note = "tự duyệt" }, NotReviewer);
            return NotReviewer;
        });
        await StepAsync("chief agrees", async () =>
        {
            var agreed = (await (await AsAsync("chief")).PostAsync($"/api/v1/refunds/{refund}/approval", new { note = "Đúng quy định." })).Json;
            StepLog.Check(Text(agreed, "state") == "approved" && Text(agreed, "reviewedBy") != Text(agreed, "proposedBy"), "two persons: " + agreed.ToJsonString());
            return "two persons";
        });
        await StepAsync("cashier sends the file to the bank", async () =>
        {
            var cashier = await AsAsync("cashier");
            var made = (await cashier.PostAsync("/api/v1/payouts", await CollectingAccountAsync())).Json;
            var file = (await cashier.GetAsync(Text(made, "href"))).Bytes;
            evidence.Save("payout.csv", file);
            var line = Encoding.UTF8.GetString(file).Split("\r\n").Single(l => l.StartsWith(refund, StringComparison.Ordinal));
            StepLog.Check(line.Contains($",{Number(amount)},", StringComparison.Ordinal), "the file says how much: " + line);
            return line;
        });
        await StepAsync("cashier confirms what the bank paid", async () =>
        {
            var paid = (await (await AsAsync("cashier")).PostAsync($"/api/v1/refunds/{refund}/payment", new { bankReference = "FT" + refund[^8..].ToUpperInvariant() })).Json;
            StepLog.Check(Text(paid, "state") == "paid", "paid: " + Text(paid, "state"));
            evidence.Save("refund.json", paid);
            return Text(paid, "bankReference");
        });
        await StepAsync("citizen hears that it is paid back", () => HearsAsync("money-refunded"));
    }

    private async Task<string> ForgetAsync()
    {
        var payment = await CodeAsync();
        var end = Moment(payment, "expiresAt");
        StepLog.Check(
            end - TimeProvider.System.GetUtcNow() < LongestWait,
            $"the code ends soon, at {end:O}: only a development platform has a procedure whose codes do (Payments:Lifetimes:{ShortProcedure})");
        await StepLog.UntilAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow()), now => now > end.AddSeconds(1), "the end of the code", LongestWait);
        return $"it ended at {end:T}";
    }

    /// <summary>A VietQR code for the payment, kept; gives the payment.</summary>
    private async Task<JsonNode> CodeAsync()
    {
        var citizen = await AsAsync("citizen");
        var payment = await citizen.GetAsync("/api/v1/payments/" + _paymentId);
        var attempt = await citizen.PostAsync($"/api/v1/payments/{_paymentId}/attempts", new { method = "vietqr" }, payment.Etag);
        _payload = Text(attempt.Json, "payload");
        evidence.Save("payment-qr.txt", _payload);
        evidence.Save("payment-qr.png", (await citizen.GetAsync($"/api/v1/payments/{_paymentId}/qr.png")).Bytes);
        return payment.Json;
    }

    private async Task<string> TransferMoreAsync(long more)
    {
        var due = (await (await AsAsync("citizen")).GetAsync("/api/v1/payments/" + _paymentId)).Json["amount"]!.GetValue<long>();
        using var transfer = await _outside.PostAsJsonAsync(new Uri("/bank/transfers", UriKind.Relative), new { payload = _payload, amount = due + more });
        StepLog.Check(transfer.IsSuccessStatusCode, "the bank took the transfer: " + (int)transfer.StatusCode);
        return $"{due + more} đồng for {due}";
    }

    private async Task<JsonNode> CaseAsync(string kind, string proposal)
    {
        var cashier = await AsAsync("cashier");
        var found = await StepLog.UntilAsync(
            async () => (await cashier.GetAsync($"/api/v1/money-cases?kind={kind}&limit=100")).Json["items"]!.AsArray().FirstOrDefault(c => Text(c!, "paymentId") == _paymentId),
            c => c is not null, $"a case of kind {kind}");
        StepLog.Check(Text(found!, "proposal") == proposal, $"{proposal} is proposed: {Text(found!, "proposal")}");
        StepLog.Check(Text((await (await AsAsync("citizen")).GetAsync("/api/v1/payments/" + _paymentId)).Json, "status") == "pending", "nothing is decided by itself");
        return found!;
    }

    private async Task<string> DecideAsync(string of, string reason)
    {
        var cashier = await AsAsync("cashier");
        var taken = await cashier.PostAsync($"/api/v1/money-cases/{of}/claim", new { });
        var decided = (await cashier.PostAsync($"/api/v1/money-cases/{of}/decision", new { decision = "accept", reason }, taken.Etag)).Json;
        StepLog.Check(Text(decided, "decision") == "accept" && Text(decided, "decidedBy").Length > 0, "decided: " + decided.ToJsonString());
        evidence.Save("money-case.json", decided);
        return "accept, with the reason";
    }

    private async Task<string> PaidAsync()
    {
        await StepLog.UntilAsync(async () => Text((await DossierAsync())["payment"]!, "status"), s => s.Equals("settled", StringComparison.OrdinalIgnoreCase), "the dossier knows that it is paid");
        return "settled";
    }

    private async Task<string> HearsAsync(string kind)
    {
        var citizen = await AsAsync("citizen");
        var message = await StepLog.UntilAsync(
            async () => (await citizen.GetAsync("/api/v1/me/messages?limit=100")).Json["items"]!.AsArray().FirstOrDefault(m => Text(m!, "dossierId") == _dossierId && Text(m!, "kind") == kind),
            m => m is not null, "the citizen hears " + kind);
        return Text(message!, "title");
    }

    private async Task<List<JsonNode>> RefundsAsync(string state, Func<JsonNode, bool> which) =>
        [.. (await (await AsAsync("cashier")).GetAsync($"/api/v1/refunds?state={state}&limit=100")).Json["items"]!.AsArray().Select(r => r!).Where(which)];

    private async Task<JsonNode> CollectingAccountAsync()
    {
        var beneficiary = (await (await AsAsync("cashier")).GetAsync("/api/v1/payments/" + _paymentId)).Json["beneficiary"]!;
        return new JsonObject { ["bin"] = Text(beneficiary, "bin"), ["account"] = Text(beneficiary, "account") };
    }

    /// <summary>Fails unless the accounts have just these bookings for the payment, in this order, each adding up to nothing.</summary>
    private async Task<string> BookedAsync(params string[] kinds)
    {
        var cashier = await AsAsync("cashier");
        var account = await CollectingAccountAsync();
        var of = $"{Text(account, "bin")}:{Text(account, "account")}";
        var bookings = new List<JsonNode>();
        foreach (var one in (await cashier.GetAsync("/api/v1/ledger/accounts")).Json.AsArray().Select(a => Text(a!, "account")).Where(a => a.Contains(of, StringComparison.Ordinal)))
        {
            bookings.AddRange((await cashier.GetAsync($"/api/v1/ledger/accounts/{one}/bookings?limit=100")).Json["items"]!.AsArray().Select(b => b!).Where(b => Text(b, "paymentId") == _paymentId));
        }

        var mine = bookings.DistinctBy(b => Text(b, "id")).OrderBy(b => Text(b, "id"), StringComparer.Ordinal).ToList();
        evidence.Save("bookings.json", new JsonArray([.. mine.Select(b => b.DeepClone())]));
        StepLog.Check(mine.All(b => b["lines"]!.AsArray().Sum(l => l!["amount"]!.GetValue<long>()) == 0), "each booking adds up to nothing");
        StepLog.Check(mine.Select(b => Text(b, "kind")).SequenceEqual(kinds), "the bookings tell what happened: " + string.Join(", ", mine.Select(b => Text(b, "kind"))));
        StepLog.Check(Text((await cashier.GetAsync("/api/v1/ledger/verification")).Json, "holds") == "true", "the closed days hold");
        return string.Join(" → ", mine.Select(b => Text(b, "kind")));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
