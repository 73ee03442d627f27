using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Sms;

/// <summary>The aggregator that speaks JSON, against the simulated one.</summary>
public sealed class SmsProviderTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    private readonly string phone = CarrierWorld.Phone();

    [Fact]
    public async Task An_SMS_arrives_under_our_name_and_its_reference_is_kept()
    {
        var answer = Assert.IsType<ProviderAnswer.Accepted>(await Sms().SendAsync(CarrierWorld.Message(phone, "Hồ sơ đã xong"), CarrierWorld.Ct));

        var sms = Assert.Single(await world.SmsAsync(phone));
        Assert.Equal(("Ho so da xong", "HALONG", answer.Reference), (sms.GetProperty("text").GetString(), sms.GetProperty("sender").GetString(), sms.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(400, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData(404, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData(422, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData(413, "Refused { Reason = tooLong, BadAddress = False }")]
    [InlineData(451, "Refused { Reason = filtered, BadAddress = False }")]
    [InlineData(401, "Later { Reason = notAuthorised, After =  }")]
    [InlineData(403, "Later { Reason = notAuthorised, After =  }")]
    [InlineData(402, "Later { Reason = balance, After =  }")]
    [InlineData(408, "Later { Reason = tooSlow, After =  }")]
    [InlineData(429, "Later { Reason = tooMany, After =  }")]
    [InlineData(503, "Later { Reason = away, After =  }")]
    [InlineData(302, "Later { Reason = status 302, After =  }")]
    [InlineData(409, "Unknown { Reason = status 409 }")]
    [InlineData(500, "Unknown { Reason = status 500 }")]
    [InlineData(502, "Unknown { Reason = status 502 }")]
    [InlineData(504, "Unknown { Reason = status 504 }")]
    public async Task Each_status_means_one_thing(int status, string answer)
    {
        await using var canned = await Canned.StartAsync();
        canned.Status = status;

        Assert.Equal(answer, (await Sms(canned.Url).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct)).ToString());
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 3600)]
    [InlineData("Mon, 01 Jan 2001 00:00:00 GMT", null)]
    public async Task It_says_itself_how_long_to_wait_and_an_hour_is_the_most(string header, int? seconds)
    {
        await using var canned = await Canned.StartAsync();
        (canned.Status, canned.RetryAfter) = (429, header);

        var later = Assert.IsType<ProviderAnswer.Later>(await Sms(canned.Url).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));

        Assert.Equal(seconds, (int?)later.After?.TotalSeconds);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("OK", null)]
    [InlineData("[1]", null)]
    [InlineData("""{"id":null}""", null)]
    [InlineData("""{"id":"A-1"}""", "A-1")]
    public async Task It_took_it_by_its_status_whatever_it_says_beside(string body, string? reference)
    {
        await using var canned = await Canned.StartAsync();
        (canned.Status, canned.Body) = (202, body);

        Assert.Equal(new ProviderAnswer.Accepted(reference), await Sms(canned.Url).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_numbers_and_keys()
    {
        await using var other = await Canned.StartAsync();
        await using var canned = await Canned.StartAsync();
        (canned.Status, canned.Location) = (307, other.Url);

        Assert.IsType<ProviderAnswer.Later>(await Sms(canned.Url).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task What_never_left_is_no_attempt_that_may_have_arrived()
    {
        var nobody = Sms($"http://127.0.0.1:{CarrierWorld.FreePort()}/");

        Assert.Equal(new ProviderAnswer.Later("notConnected"), await nobody.SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        Assert.Equal(new ProviderReport.Away("away"), await nobody.FindAsync("key", default, CarrierWorld.Ct));
    }

    [Fact]
    public async Task A_lost_answer_is_found_again_and_a_repeat_is_the_same_SMS()
    {
        var message = CarrierWorld.Message(phone);
        await world.DialAsync("sms.lostAnswer", true, phone);

        Assert.Equal(new ProviderAnswer.Unknown("answerLost"), await Sms().SendAsync(message, CarrierWorld.Ct));
        var found = Assert.IsType<ProviderReport.Arrived>(await Sms().FindAsync(message.Key, Now, CarrierWorld.Ct));
        var again = Assert.IsType<ProviderAnswer.Accepted>(await Sms().SendAsync(message, CarrierWorld.Ct));

        Assert.Equal(found.Reference, again.Reference);
        Assert.Single(await world.SmsAsync(phone));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_may_have_been_taken()
    {
        await world.DialAsync("sms.delay", 60_000, phone);

        Assert.Equal(new ProviderAnswer.Unknown("timeout"), await Sms(timeout: 2).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        Assert.Single(await world.SmsAsync(phone));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_not_answered()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sms().SendAsync(CarrierWorld.Message(phone), gone.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sms().FindAsync("key", default, gone.Token));
    }

    [Fact]
    public async Task A_provider_that_forgets_the_key_sends_twice_so_that_the_setting_must_say_so()
    {
        var message = CarrierWorld.Message(phone);
        await Sms().SendAsync(message, CarrierWorld.Ct);
        await world.DialAsync("sms.forgetKey", true, phone);
        await Sms().SendAsync(message, CarrierWorld.Ct);

        Assert.Equal(2, (await world.SmsAsync(phone)).Count);
    }

    [Fact]
    public async Task What_it_never_got_may_be_sent_at_once_only_where_the_key_is_honoured()
    {
        Assert.IsType<ProviderReport.NotKnown>(await Sms().FindAsync("nothing-of-this", Now, CarrierWorld.Ct));
        Assert.Equal(new ProviderReport.Away("tooSoon"), await Sms(honours: false).FindAsync("nothing-of-this", Now, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.NotKnown>(await Sms(honours: false).FindAsync("nothing-of-this", Now.AddMinutes(-10), CarrierWorld.Ct));
    }

    [Fact]
    public async Task Who_cannot_be_asked_is_repeated_only_where_that_is_safe()
    {
        await world.DialAsync("sms.noQuery", true, times: 2);

        Assert.IsType<ProviderReport.SafeToRepeat>(await Sms().FindAsync("key", Now, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.CannotTell>(await Sms(honours: false).FindAsync("key", Now, CarrierWorld.Ct));
    }

    [Fact]
    public async Task It_knows_what_became_of_an_SMS()
    {
        var (waits, fails) = (CarrierWorld.Message(CarrierWorld.Phone()), CarrierWorld.Message(CarrierWorld.Phone()));
        await world.DialAsync("sms.receiptDrop", true, waits.Address);
        await Sms().SendAsync(waits, CarrierWorld.Ct);
        await world.DialAsync("sms.receiptFailed", 1, fails.Address);
        await Sms().SendAsync(fails, CarrierWorld.Ct);

        Assert.IsType<ProviderReport.Taken>(await Sms().FindAsync(waits.Key, Now, CarrierWorld.Ct));
        var lost = Assert.IsType<ProviderReport.Lost>(await Sms().FindAsync(fails.Key, Now, CarrierWorld.Ct));
        Assert.Equal(("unknownSubscriber", true), (lost.Reason, lost.BadAddress));
        Assert.Empty(await world.SmsAsync(fails.Address));
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(401, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"status":"perhaps"}""")]
    public async Task What_cannot_be_understood_is_asked_again(int status, string body)
    {
        await using var canned = await Canned.StartAsync();
        (canned.Status, canned.Body) = (status, body);

        Assert.IsType<ProviderReport.Away>(await Sms(canned.Url).FindAsync("key", default, CarrierWorld.Ct));
    }

    [Fact]
    public async Task Of_a_text_that_is_not_sent_the_provider_hears_nothing()
    {
        await using var canned = await Canned.StartAsync();

        Assert.Equal(new ProviderAnswer.Refused("advertising"), await Sms(canned.Url).SendAsync(CarrierWorld.Message(phone, "[QC] Giam gia"), CarrierWorld.Ct));
        Assert.Empty(canned.Asked);
    }

    [Theory]
    [InlineData(null, "Delivered", null)]
    [InlineData(2, "Failed", "absent")]
    public async Task From_the_queue_to_the_receipt(int? failure, string state, string? error)
    {
        if (failure is not null)
            await world.DialAsync("sms.receiptFailed", failure, phone);
        await world.DialAsync("sms.receiptDuplicate", 2, phone);

        var id = await QueueAsync();

        await Eventually.Async(async () => (await world.ReadAsync(id)).State.ToString() == state, $"the receipt: {state}");
        var message = await world.ReadAsync(id);
        Assert.Equal((SmsProvider.ProviderName, error), (message.Provider, message.LastError));
        Assert.Equal(state == "Delivered", message.DeliveredAt is not null);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task<Guid> QueueAsync()
    {
        var owner = world.Accounts.Person("", "vi", phone);
        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            RecipientId = owner,
            Kind = "dossier-accepted",
            Trigger = "t",
            Channel = MessageChannel.Sms,
            Class = NoticeClass.Urgent,
            Language = "vi",
            Title = "T",
            Body = "Ho so da duoc tiep nhan",
            CreatedAt = Now,
        };
        message.Schedule(Now);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(message);
            return await db.SaveChangesAsync(CarrierWorld.Ct);
        });
        return message.Id;
    }

    private SmsProvider Sms(string? url = null, bool honours = true, double timeout = 20) => new(
        world.Get<IHttpClientFactory>(),
        Options.Create(new SmsOptions
        {
            Url = url ?? world.LabUrl + "/sms/messages",
            ApiKey = "sms-key",
            Sender = "HALONG",
            HonoursKey = honours,
            Timeout = TimeSpan.FromSeconds(timeout),
        }),
        world.Get<CarrierMetrics>(), new ShiftedClock(stands: true), NullLogger<SmsProvider>.Instance);
}
