using System.Net;
using System.Net.Sockets;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Mail;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>A mail server and what can go wrong with it, seen by the provider alone.</summary>
public sealed class SmtpProviderTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly MailRig rig = new();
    private readonly string address = $"{Guid.CreateVersion7():N}@example.vn";
    private MailServer lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await MailServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        rig.Dispose();
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task With_STARTTLS_a_mail_goes_encrypted_to_a_server_whose_certificate_holds()
    {
        await using var safe = await MailServer.StartAsync(0, ("Smtp:StartTls", "true"));
        var root = rig.Write(await safe.RootPemAsync());

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(rig.Provider(Options(safe, MailTls.Require, root), Environments.Production)));

        Assert.True(Assert.Single(await safe.EnvelopesAsync(address)).GetProperty("encrypted").GetBoolean());
    }

    [Theory]
    [InlineData("require")]
    [InlineData("whenAvailable")]
    [InlineData("implicit")]
    public async Task A_certificate_that_does_not_hold_stops_every_way_of_TLS(string tls)
    {
        var kind = Enum.Parse<MailTls>(tls, ignoreCase: true);
        await using var safe = await MailServer.StartAsync(0, (kind == MailTls.Implicit ? "Smtp:ImplicitTls" : "Smtp:StartTls", "true"));
        await using var other = await MailServer.StartAsync(0, ("Smtp:StartTls", "true"));
        var wrongRoot = rig.Write(await other.RootPemAsync());

        foreach (var root in new[] { "", wrongRoot })
            Assert.Equal(new ProviderAnswer.Later("The mail server's certificate does not hold."), await SendAsync(rig.Provider(Options(safe, kind, root))));

        Assert.Empty(await safe.EnvelopesAsync(address));
    }

    [Fact]
    public async Task TLS_from_the_first_byte_works_as_well()
    {
        await using var safe = await MailServer.StartAsync(0, ("Smtp:ImplicitTls", "true"));

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(rig.Provider(Options(safe, MailTls.Implicit, rig.Write(await safe.RootPemAsync())))));

        Assert.True(Assert.Single(await safe.EnvelopesAsync(address)).GetProperty("encrypted").GetBoolean());
    }

    [Fact]
    public async Task Where_TLS_is_required_and_not_offered_nothing_is_sent_and_outside_development_it_is_required()
    {
        var refused = new ProviderAnswer.Later("The mail server does not offer STARTTLS.");

        Assert.Equal(refused, await SendAsync(rig.Provider(Options(lab, MailTls.Require))));
        Assert.Equal(refused, await SendAsync(rig.Provider(Options(lab), Environments.Production)));
        Assert.Empty(await lab.EnvelopesAsync(address));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(rig.Provider(Options(lab))));
        Assert.False(Assert.Single(await lab.EnvelopesAsync(address)).GetProperty("encrypted").GetBoolean());
    }

    [Fact]
    public async Task A_server_that_wants_a_password_gets_it_and_only_through_TLS()
    {
        (string, string)[] user = [("Smtp:User", "halong"), ("Smtp:Password", "mật khẩu")];
        await using var safe = await MailServer.StartAsync(0, [("Smtp:StartTls", "true"), .. user]);
        await using var open = await MailServer.StartAsync(0, user);
        var root = rig.Write(await safe.RootPemAsync());
        var unknown = new ProviderAnswer.Later("The mail server does not know us.");

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(rig.Provider(Options(safe, MailTls.Require, root, "halong", "mật khẩu"))));
        Assert.Equal(unknown, await SendAsync(rig.Provider(Options(safe, MailTls.Require, root, "halong", "wrong"))));
        Assert.Equal(unknown, await SendAsync(rig.Provider(Options(open, MailTls.WhenAvailable, "", "halong", "mật khẩu"))));
        // The server refuses us, not the mail: for the operator to mend, so the mail waits.
        Assert.Equal(unknown, await SendAsync(rig.Provider(Options(safe, MailTls.Require, root))));
        Assert.Single(await safe.EnvelopesAsync(address));
        Assert.Empty(await open.EnvelopesAsync(address));
    }

    [Fact]
    public async Task Mails_one_after_the_other_share_a_connection_and_at_once_each_has_its_own()
    {
        var provider = rig.Provider(Options(lab));
        for (var i = 0; i < 10; i++)
            Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(provider));
        Assert.Equal(1, await lab.ConnectionsAsync());

        await lab.DialAsync("mail.delay", new { value = 300 });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(provider)));
        await lab.DialAsync("mail.delay", new { value = 0 });

        Assert.Equal(22, (await lab.EnvelopesAsync(address)).Count);
        var connections = await lab.ConnectionsAsync();
        Assert.InRange(connections, 2, 12);
        await SendAsync(provider);
        Assert.Equal(connections, await lab.ConnectionsAsync());
    }

    [Fact]
    public async Task An_idle_connection_is_not_kept_for_ever_and_none_where_none_shall_be()
    {
        var (patient, never) = (rig.Provider(Options(lab)), rig.Provider(new SmtpOptions { Url = lab.Url, From = "a@halong.vn", KeepOpen = 0 }));
        await SendAsync(patient);
        rig.Clock.Shift = TimeSpan.FromSeconds(61);
        await SendAsync(patient);
        Assert.Equal(2, await lab.ConnectionsAsync());

        await SendAsync(never);
        await SendAsync(never);

        Assert.Equal(4, await lab.ConnectionsAsync());
    }

    [Fact]
    public async Task A_connection_that_broke_while_it_waited_costs_no_mail()
    {
        var provider = rig.Provider(Options(lab));
        var port = lab.Port;
        await SendAsync(provider);
        await lab.DisposeAsync();
        lab = await MailServer.StartAsync(port);

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(provider));

        Assert.Single(await lab.EnvelopesAsync(address));
    }

    [Fact]
    public async Task A_connection_that_fell_silent_while_it_waited_costs_no_mail_either()
    {
        var provider = rig.Provider(Options(lab));
        await SendAsync(provider);
        await lab.DialAsync("mail.mute", new { value = 1, times = 1 });

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(provider));

        Assert.Equal(2, (await lab.EnvelopesAsync(address)).Count);
        Assert.Equal(2, await lab.ConnectionsAsync());
    }

    [Fact]
    public async Task A_refusal_leaves_the_connection_fit_for_the_next_mail()
    {
        var provider = rig.Provider(Options(lab));
        await lab.DialAsync("mail.failRecipient", new { value = 550, times = 1 });
        await SendAsync(provider);
        await lab.DialAsync("mail.failStatus", new { value = 554, times = 1 });
        await SendAsync(provider);

        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(provider));
        Assert.Equal(1, await lab.ConnectionsAsync());
    }

    [Theory]
    [InlineData("mail.failStatus", 451, "Later")]
    [InlineData("mail.failStatus", 421, "Later")]
    [InlineData("mail.failStatus", 552, "Refused")]
    [InlineData("mail.failStatus", 554, "Refused")]
    [InlineData("mail.failRecipient", 450, "Later")]
    [InlineData("mail.failRecipient", 550, "Refused bad address")]
    public async Task What_the_server_answers_decides(string dial, int status, string outcome)
    {
        await lab.DialAsync(dial, new { value = status, times = 1 });

        var answer = await SendAsync(rig.Provider(Options(lab)));

        Assert.Equal(outcome, answer.GetType().Name + (answer is ProviderAnswer.Refused { BadAddress: true } ? " bad address" : ""));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), answer.ToString(), StringComparison.Ordinal);
        Assert.Empty(await lab.EnvelopesAsync(address));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_text_took_nothing_and_after_it_nobody_knows()
    {
        var provider = rig.Provider(Options(lab));
        await SendAsync(provider, "first@example.vn");
        await lab.DialAsync("mail.dropBeforeData", new { value = 1, times = 1, target = address });
        var before = await SendAsync(provider);
        Assert.Empty(await lab.EnvelopesAsync(address));
        await lab.DialAsync("mail.dropAfterData", new { value = 1, times = 1, target = address });

        var after = await SendAsync(provider);

        Assert.StartsWith("The mail server cannot be reached", Assert.IsType<ProviderAnswer.Later>(before).Reason, StringComparison.Ordinal);
        Assert.IsType<ProviderAnswer.Unknown>(after);
        Assert.Single(await lab.EnvelopesAsync(address));
        Assert.IsType<ProviderReport.CannotTell>(await provider.FindAsync("key", default, Ct));
        // And the broken one is not used again.
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(provider));
    }

    [Fact]
    public async Task Patience_that_ends_after_the_text_is_unknown_and_before_it_later()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await lab.DialAsync("mail.delay", new { value = 60000, target = address });

        var after = await SendAsync(rig.Provider(new SmtpOptions { Url = lab.Url, From = "a@halong.vn", Timeout = TimeSpan.FromSeconds(2) }));
        var before = await SendAsync(rig.Provider(new SmtpOptions
        {
            Url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}",
            From = "a@halong.vn",
            Timeout = TimeSpan.FromMilliseconds(500),
        }));

        Assert.Equal(new ProviderAnswer.Unknown("The mail server did not answer in time."), after);
        Assert.Equal(new ProviderAnswer.Later("The mail server did not answer in time."), before);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_later()
    {
        var answer = await SendAsync(rig.Provider(new SmtpOptions { Url = "http://127.0.0.1:9", From = "a@halong.vn" }));

        Assert.StartsWith("The mail server cannot be reached", Assert.IsType<ProviderAnswer.Later>(answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_waiting_stops_it()
    {
        await lab.DialAsync("mail.delay", new { value = 60000, target = address });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var sending = rig.Provider(Options(lab)).SendAsync(Message(address), stop.Token);
        await Eventually.Async(async () => await lab.ConnectionsAsync() == 1, "a connection");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b, c@d")]
    public async Task What_is_no_mailbox_is_refused(string to) =>
        Assert.Equal(new ProviderAnswer.Refused("The address is not a mailbox.", BadAddress: true), await SendAsync(rig.Provider(Options(lab)), to));

    [Fact]
    public async Task Connections_are_counted_by_what_became_of_them()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "mail.connections" && instrument.Meter.Scope == rig.Meters)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted[(string)tags[0].Value!] = counted.GetValueOrDefault((string)tags[0].Value!) + value);
        listener.Start();
        var provider = rig.Provider(Options(lab));
        var port = lab.Port;

        await SendAsync(provider);
        await SendAsync(provider);
        await lab.DisposeAsync();
        lab = await MailServer.StartAsync(port);
        await SendAsync(provider);

        Assert.Equal((2, 1, 1), (counted["opened"], counted["reused"], counted["broken"]));
    }

    [Theory]
    [InlineData(0, "smtp")]
    [InlineData(1, "smtp-2")]
    [InlineData(2, "smtp-3")]
    public void Servers_are_named_by_their_place(int place, string name) => Assert.Equal(name, SmtpProvider.NameOf(place));

    private static SmtpOptions Options(MailServer server, MailTls? tls = null, string root = "", string user = "", string password = "") => new()
    {
        Url = server.Url,
        From = "Hạ Long <khong-tra-loi@halong.vn>",
        Tls = tls,
        RootFile = root,
        User = user,
        Password = password,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static OutgoingMessage Message(string to) => new(Guid.CreateVersion7().ToString("N"), to, "vi", "Tiêu đề", "Nội dung");

    private Task<ProviderAnswer> SendAsync(SmtpProvider provider, string? to = null) => provider.SendAsync(Message(to ?? address), Ct);
}
