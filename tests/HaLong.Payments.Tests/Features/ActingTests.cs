using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Payments.Tests.Features;

/// <summary>Delegates and helpers who see and pay what somebody else owes.</summary>
public sealed class ActingTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Url(Guid payment) => $"/api/v1/payments/{payment}";

    [Fact]
    public async Task Who_may_pay_for_the_owner_sees_the_request_its_code_and_sets_out_to_pay()
    {
        var payment = await fixture.PendingAsync();
        var right = new TestRight(Acts.PaymentPay);
        var (client, actor) = fixture.Acting(payment.OwnerId, right);
        await (await client.GetAsync(Url(payment.Id), Ct)).JsonAsync();
        Assert.Equal(1, (await (await client.GetAsync($"/api/v1/payments?dossierId={payment.DossierId}", Ct)).JsonAsync()).GetProperty("items").GetArrayLength());
        Assert.True((await client.GetAsync(Url(payment.Id) + "/qr.png", Ct)).IsSuccessStatusCode);
        await (await PaymentFixture.AttemptAsync(client, payment.Id)).JsonAsync(201);
        Assert.Equal(actor, Assert.Single((await fixture.ReloadAsync(payment)).Attempts).ActorId);
        var told = Assert.Single(right.Commits);
        Assert.Equal((Acts.PaymentPay, payment.DossierId.ToString(), payment.ProcedureCode), (told.Act, told.DossierId, told.ProcedureCode));
    }

    [Fact]
    public async Task Without_the_act_nothing_is_shown_and_nothing_paid()
    {
        var payment = await fixture.PendingAsync();
        var (client, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.DossierRead));
        foreach (var path in new[] { Url(payment.Id), Url(payment.Id) + "/qr.png", $"/api/v1/payments?dossierId={payment.DossierId}" })
            await (await client.GetAsync(path, Ct)).IsProblemAsync(403, "PAY-0012");
        await (await PaymentFixture.AttemptAsync(client, payment.Id)).IsProblemAsync(403, "PAY-0012");
    }

    [Fact]
    public async Task Outside_the_limits_and_of_other_people_nothing_exists()
    {
        var payment = await fixture.PendingAsync();
        var (otherDossier, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay) { DossierId = Guid.CreateVersion7() });
        var (otherProcedure, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay) { Procedures = ["1.999999"] });
        var (otherPerson, _) = fixture.Acting(Guid.CreateVersion7(), new TestRight(Acts.PaymentPay));
        foreach (var client in new[] { otherDossier, otherProcedure, otherPerson })
        {
            await (await client.GetAsync(Url(payment.Id), Ct)).IsProblemAsync(404, "PAY-0001");
            await (await client.GetAsync(Url(payment.Id) + "/qr.png", Ct)).IsProblemAsync(404, "PAY-0001");
            await (await PaymentFixture.AttemptAsync(client, payment.Id)).IsProblemAsync(404, "PAY-0001");
            Assert.Equal(0, (await (await client.GetAsync($"/api/v1/payments?dossierId={payment.DossierId}", Ct)).JsonAsync()).GetProperty("items").GetArrayLength());
        }

        var (right, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay) { DossierId = payment.DossierId, Procedures = [payment.ProcedureCode] });
        await (await PaymentFixture.AttemptAsync(right, payment.Id)).JsonAsync(201);
    }

    [Fact]
    public async Task A_helper_pays_for_the_dossier_of_the_session_and_before_there_is_one_sees_nothing()
    {
        var payment = await fixture.PendingAsync();
        var (unbound, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay), assisted: true);
        await (await unbound.GetAsync(Url(payment.Id), Ct)).IsProblemAsync(404, "PAY-0001");
        var (bound, helper) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay) { DossierId = payment.DossierId }, assisted: true);
        await (await PaymentFixture.AttemptAsync(bound, payment.Id)).JsonAsync(201);
        Assert.Equal(helper, Assert.Single((await fixture.ReloadAsync(payment)).Attempts).ActorId);
    }

    [Fact]
    public async Task A_right_revoked_pays_nothing_from_that_moment_and_shows_nothing_five_seconds_later()
    {
        var payment = await fixture.PendingAsync();
        var right = new TestRight(Acts.PaymentPay);
        var (client, _) = fixture.Acting(payment.OwnerId, right);
        await (await client.GetAsync(Url(payment.Id), Ct)).JsonAsync();
        right.Active = false;
        await (await PaymentFixture.AttemptAsync(client, payment.Id)).IsProblemAsync(403, "PAY-0013");
        await Eventually.Async(async () => (int)(await client.GetAsync(Url(payment.Id), Ct)).StatusCode == 403, "reading ends", TimeSpan.FromSeconds(7));
        Assert.Empty((await fixture.ReloadAsync(payment)).Attempts);
    }

    [Fact]
    public async Task A_right_nobody_knows_opens_nothing()
    {
        var payment = await fixture.PendingAsync();
        foreach (var assisted in new[] { true, false })
        {
            var (client, _) = fixture.Acting(payment.OwnerId, new TestRight(), assisted, Guid.CreateVersion7());
            await (await client.GetAsync(Url(payment.Id), Ct)).IsProblemAsync(403, "PAY-0013");
            await (await PaymentFixture.AttemptAsync(client, payment.Id)).IsProblemAsync(403, "PAY-0013");
        }
    }

    [Fact]
    public async Task A_helpers_own_token_pays_nothing()
    {
        var payment = await fixture.PendingAsync();
        using var answer = await PaymentFixture.AttemptAsync(fixture.Official(Roles.Helper), payment.Id);
        Assert.Equal(403, (int)answer.StatusCode);
        await (await fixture.Official(Roles.Helper).GetAsync(Url(payment.Id), Ct)).IsProblemAsync(404, "PAY-0001");
    }
}

/// <summary>Identity is away. A fixture of its own, because the authoriser goes down.</summary>
public sealed class ActingOutageTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task Without_identity_nobody_pays_for_another_and_owners_go_on()
    {
        var payment = await fixture.PendingAsync();
        var (client, _) = fixture.Acting(payment.OwnerId, new TestRight(Acts.PaymentPay));
        fixture.Authority.Down = true;
        await (await client.GetAsync($"/api/v1/payments/{payment.Id}", TestContext.Current.CancellationToken)).IsProblemAsync(503, "PAY-0014");
        await (await PaymentFixture.AttemptAsync(client, payment.Id)).IsProblemAsync(503, "PAY-0014");
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).JsonAsync(201);
        Assert.Equal(0, fixture.Authority.Calls);
    }
}
