using System.Net.Http.Json;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>Setting out to pay at the national payment platform, and what it confirms.</summary>
[Collection(nameof(PortalTests))]
public sealed class PortalPaymentTests(PortalFixture fixture) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(fixture.Lab.ClearAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_payer_is_taken_over_pays_on_the_page_and_the_request_is_settled_once()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-state-changed.v1", "halong.payment-settled.v1");
        var payment = await fixture.PendingAsync();
        await fixture.Lab.DialAsync("duplicate", 3);

        using var response = await fixture.SetOutAsync(payment, Guid.CreateVersion7().ToString());

        var attempt = await response.JsonAsync(201);
        Assert.Equal("portal", attempt.GetProperty("method").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, attempt.GetProperty("payload").ValueKind);
        var order = payment.Reference + "01";
        Assert.Equal(150_000, (await fixture.Lab.OrderAsync(order))!.Value.GetProperty("amount").GetInt64());
        Assert.Equal(Etag.Of((await fixture.ReloadAsync(payment)).Version), response.Headers.ETag?.ToString());
        var seen = await fixture.SeenAsync(payment);
        Assert.Equal("processing", seen.GetProperty("status").GetString());
        Assert.Contains("đang được xử lý", seen.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(attempt.GetProperty("redirectUrl").GetString(), seen.GetProperty("attempts")[0].GetProperty("redirectUrl").GetString());
        using var page = await fixture.Lab.Http.PostAsync(
            new Uri(attempt.GetProperty("redirectUrl").GetString()!), new FormUrlEncodedContent([KeyValuePair.Create("outcome", "pay")]), TestContext.Current.CancellationToken);
        page.EnsureSuccessStatusCode();

        Assert.Equal("200, 200, 200, 200", string.Join(", ", await fixture.Lab.ConfirmedAsync(order, 4)));
        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        var paid = Assert.Single(settled.Attempts);
        Assert.Equal((AttemptState.Paid, (DateTimeOffset?)null), (paid.State, paid.QueryAt));
        Assert.Equal((await fixture.Lab.OrderAsync(order))!.Value.GetProperty("transaction").GetString(), paid.ProviderReference);
        var told = await probe.WaitAsync("paymentId", payment.Id, 4);
        Assert.Equal("portal", Assert.Single(told, m => m.TryGetProperty("provider", out _)).GetProperty("provider").GetString());
        Assert.Equal(
            [null, "begin", "settle"],
            told.Where(m => m.TryGetProperty("step", out _)).OrderBy(m => m.GetProperty("sequence").GetInt32()).Select(m => m.GetProperty("step").GetString()));
        Assert.Equal(1, await fixture.QueryAsync(db => db.PortalMessages.CountAsync(m => m.AttemptId == paid.Id)));
    }

    [Fact]
    public async Task Its_money_stands_on_the_clearing_account_until_the_platform_hands_it_over()
    {
        var (payment, order) = await fixture.ProcessingAsync();

        await fixture.Lab.EndAsync(order);

        await fixture.InStateAsync(payment, PaymentState.Settled);
        var entry = await fixture.QueryAsync(db => db.Journal.AsNoTracking().SingleAsync(e => e.PaymentId == payment.Id));
        Assert.Equal(EntryKind.Settlement, entry.Kind);
        Assert.Equal(
            [("clearing:970436:0011000000001:portal", 150_000L), ("due:970436:0011000000001:lePhi", -150_000L)],
            entry.Lines.OrderBy(l => l.Line).Select(l => (l.Account, l.Amount)));
    }

    [Fact]
    public async Task The_same_key_at_once_sends_one_order_and_a_repeat_gives_its_address()
    {
        var payment = await fixture.PendingAsync();
        var key = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => fixture.SetOutAsync(payment, key)));

        var attempts = await Task.WhenAll(answers.Select(a => a.JsonAsync(201)));
        Assert.Single(attempts.Select(a => a.GetProperty("id").GetGuid()).Distinct());
        var url = (await (await fixture.SetOutAsync(payment, key)).JsonAsync(201)).GetProperty("redirectUrl").GetString();
        Assert.NotNull(url);
        Assert.Subset(new HashSet<string?> { null, url }, attempts.Select(a => a.GetProperty("redirectUrl").GetString()).ToHashSet());
        Assert.Single((await fixture.ReloadAsync(payment)).Attempts);
        await (await fixture.SetOutAsync(payment, Guid.CreateVersion7().ToString())).IsProblemAsync(409, "PAY-0017");
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).IsProblemAsync(409, "PAY-0017");
    }

    [Fact]
    public async Task An_order_that_was_sent_and_never_answered_is_not_sent_again()
    {
        var payment = await fixture.PendingAsync();
        var key = Guid.CreateVersion7().ToString();
        await (await fixture.SetOutAsync(payment, key)).JsonAsync(201);
        // As after a crash between sending and the answer.
        await fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"UPDATE payment_attempt SET redirect_url = NULL WHERE order_number = {payment.Reference + "01"}"));

        var again = await (await fixture.SetOutAsync(payment, key)).JsonAsync(201);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, again.GetProperty("redirectUrl").ValueKind);
        Assert.Contains("đang kiểm tra", again.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task An_order_that_the_platform_refuses_leaves_the_request_open_for_another_way()
    {
        var payment = await fixture.PendingAsync();
        var key = Guid.CreateVersion7().ToString();
        await fixture.Lab.DialAsync("refuse");

        await (await fixture.SetOutAsync(payment, key)).IsProblemAsync(409, "PAY-0501");

        await (await fixture.SetOutAsync(payment, key)).IsProblemAsync(409, "PAY-0501");
        var open = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Pending, AttemptState.Failed), (open.State, Assert.Single(open.Attempts).State));
        Assert.NotNull((await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).JsonAsync(201)).GetProperty("payload").GetString());
        await (await fixture.SetOutAsync(payment)).JsonAsync(201);
        Assert.Equal(payment.Reference + "03", (await fixture.ReloadAsync(payment)).Attempts.OrderBy(a => a.Id).Last().OrderNumber);
    }

    [Fact]
    public async Task An_order_that_never_left_says_so_and_leaves_the_request_open()
    {
        var payment = await fixture.PendingAsync();
        var attempt = await fixture.QueryAsync(async db =>
        {
            var tracked = await db.Payments.AsSplitQuery().SingleAsync(p => p.Id == payment.Id);
            var begun = tracked.StartAttempt("portal", new HashSet<string> { "portal" }, payment.OwnerId, fixture.Time.GetUtcNow()).Value;
            await db.SaveChangesAsync();
            return begun.Id;
        });
        // Nobody listens at port 9.
        var away = Options.Create(new PortalOptions { Url = "http://127.0.0.1:9", Partner = PlatformLab.Partner, Secret = PlatformLab.Secret, Token = "t" });
        using var http = new HttpClient();
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var (db, desk) = (scope.ServiceProvider.GetRequiredService<PaymentDbContext>(), scope.ServiceProvider.GetRequiredService<PortalDesk>());
        var start = new PortalStart(db, new PortalClient(http, away, fixture.Time, NullLogger<PortalClient>.Instance), desk, away, fixture.Time);

        var answer = await start.RunAsync(attempt, "");

        Assert.Equal("PAY-0502", answer.Error.Code);
        var open = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Pending, AttemptState.Failed), (open.State, open.Attempts[0].State));
    }

    [Fact]
    public async Task Strangers_and_stale_revisions_send_no_order()
    {
        var payment = await fixture.PendingAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Citizen(Guid.CreateVersion7()), payment.Id, body: PortalFixture.ByPortal)).IsProblemAsync(404, "PAY-0001");
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, ifMatch: "\"1\"", body: PortalFixture.ByPortal)).IsProblemAsync(412, "CMN-0412");
        Assert.Equal(403, (int)(await PaymentFixture.AttemptAsync(fixture.Official("cashier"), payment.Id, body: PortalFixture.ByPortal)).StatusCode);

        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
        Assert.Null(await fixture.Lab.OrderAsync(payment.Reference + "01"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_banks_of_the_lab_settle_a_code_that_was_paid_whatever_they_repeat(bool inStatement)
    {
        var payment = await fixture.PendingAsync();
        var code = (await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).JsonAsync(201)).GetProperty("payload").GetString();
        using (var dial = await fixture.Lab.Http.PutAsJsonAsync("/dials/bank.duplicate", new { value = 2, times = 1 }, TestContext.Current.CancellationToken))
            dial.EnsureSuccessStatusCode();

        using var paid = await fixture.Lab.Http.PostAsJsonAsync("/bank/transfers", new { payload = code, inStatement }, TestContext.Current.CancellationToken);

        var transfer = await paid.JsonAsync(201);
        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        var notice = await fixture.QueryAsync(db => db.Notices.AsNoTracking().SingleAsync(n => n.Id == settled.NoticeId));
        Assert.Equal((inStatement ? "lists" : "lab", transfer.GetProperty("eventId").GetString()), (notice.Provider, notice.EventId));
    }

    [Fact]
    public async Task A_payer_who_gives_up_may_try_again_and_pays_by_the_second_order()
    {
        var (payment, first) = await fixture.ProcessingAsync();

        await fixture.Lab.EndAsync(first, pays: false);
        await fixture.InStateAsync(payment, PaymentState.Pending);
        await (await fixture.SetOutAsync(payment)).JsonAsync(201);
        await fixture.Lab.EndAsync(payment.Reference + "02");

        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        Assert.Equal([AttemptState.Failed, AttemptState.Paid], settled.Attempts.OrderBy(a => a.OrderNumber).Select(a => a.State));
    }

    [Fact]
    public async Task A_failure_that_is_told_after_the_payment_changes_nothing()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("reorder", of: order);

        await fixture.Lab.EndAsync(order);

        Assert.Equal("200, 200", string.Join(", ", await fixture.Lab.ConfirmedAsync(order, 2)));
        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        Assert.Equal(AttemptState.Paid, Assert.Single(settled.Attempts).State);
        Assert.Equal(2, await fixture.QueryAsync(db => db.PortalMessages.CountAsync(m => m.AttemptId == settled.Attempts[0].Id)));
    }

    [Theory]
    [InlineData(-50_000, "Partial")]
    [InlineData(50_000, "Over")]
    public async Task Another_amount_opens_a_case_and_the_request_again(double fault, string kind)
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("wrongAmount", fault, of: order);

        await fixture.Lab.EndAsync(order);

        var open = await fixture.InStateAsync(payment, PaymentState.Pending);
        Assert.Equal((AttemptState.Paid, (DateTimeOffset?)null), (open.Attempts[0].State, open.Attempts[0].QueryAt));
        var of = await fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.PaymentId == payment.Id));
        Assert.Equal((kind, 150_000 + (long)fault), (of.Kind.ToString(), of.Amount));
        var entry = await fixture.QueryAsync(db => db.Journal.AsNoTracking().SingleAsync(e => e.PaymentId == payment.Id));
        Assert.Contains(entry.Lines, l => l.Account == "clearing:970436:0011000000001:portal" && l.Amount == of.Amount);
    }

    [Fact]
    public async Task A_confirmation_with_a_wrong_check_sum_is_refused_and_the_platform_is_asked()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("wrongSignature", of: order);

        await fixture.Lab.EndAsync(order);

        Assert.Equal("401", string.Join(", ", await fixture.Lab.ConfirmedAsync(order)));
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        await fixture.InStateAsync(payment, PaymentState.Settled);
    }

    [Fact]
    public async Task A_transfer_while_the_platform_deals_with_the_payer_settles_and_the_second_money_is_a_case()
    {
        var payment = await fixture.PendingAsync();
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).JsonAsync(201);
        await (await fixture.SetOutAsync(payment)).JsonAsync(201);
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);
        Assert.NotNull((await fixture.ReloadAsync(payment)).Attempts.Single(a => a.OrderNumber is not null).QueryAt);
        await fixture.Lab.EndAsync(payment.Reference + "02");

        var of = await Eventually.ValueAsync(() => fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.PaymentId == payment.Id)), c => c is not null, "case");
        Assert.Equal(CaseKind.Double, of!.Kind);
        var settled = await fixture.ReloadAsync(payment);
        Assert.Equal(PaymentState.Settled, settled.State);
        Assert.Equal((AttemptState.Paid, (DateTimeOffset?)null), settled.Attempts.Where(a => a.OrderNumber is not null).Select(a => (a.State, a.QueryAt)).Single());
    }

    [Fact]
    public async Task Who_was_taken_over_in_time_is_in_time_and_the_request_does_not_lapse_meanwhile()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        fixture.Time.Advance(TimeSpan.FromDays(16));

        await fixture.SweepAsync();
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
        await fixture.Lab.EndAsync(order);

        await fixture.InStateAsync(payment, PaymentState.Settled);
    }

    [Fact]
    public async Task What_the_platform_told_can_be_neither_changed_nor_deleted()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.EndAsync(order, pays: false);
        await fixture.InStateAsync(payment, PaymentState.Pending);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"UPDATE portal_message SET code = '00'")));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM portal_message")));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"TRUNCATE portal_message")));
    }
}
