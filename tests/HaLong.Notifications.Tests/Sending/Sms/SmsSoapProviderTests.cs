using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Sms;

/// <summary>The aggregator of the older kind, against the simulated one.</summary>
public sealed class SmsSoapProviderTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    private readonly string phone = CarrierWorld.Phone();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("Hồ sơ <1> & \"2\" đã xong", null, "Ho so <1> & \"2\" da xong")]
    [InlineData("Hồ sơ <1> & đã xong 😀", """{"encoding":"ucs2"}""", "Hồ sơ <1> & đã xong 😀")]
    public async Task An_SMS_arrives_with_its_letters_and_its_encoding(string text, string? data, string arrives)
    {
        Assert.Equal(new ProviderAnswer.Accepted(null), await Soap().SendAsync(CarrierWorld.Message(phone, text, data), CarrierWorld.Ct));

        var sms = Assert.Single(await world.SmsAsync(phone));
        Assert.Equal((arrives, "HA LONG", "smsSoap"), (sms.GetProperty("text").GetString(), sms.GetProperty("sender").GetString(), sms.GetProperty("carrier").GetString()));
    }

    [Theory]
    [InlineData(1, "Accepted { Reference =  }")]
    [InlineData(9, "Accepted { Reference =  }")]
    [InlineData(0, "Later { Reason = code 0, After =  }")]
    [InlineData(2, "Later { Reason = notAuthorised, After =  }")]
    [InlineData(3, "Later { Reason = addressNotAllowed, After =  }")]
    [InlineData(4, "Later { Reason = brandname, After =  }")]
    [InlineData(5, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData(6, "Refused { Reason = filtered, BadAddress = False }")]
    [InlineData(7, "Later { Reason = balance, After =  }")]
    [InlineData(8, "Later { Reason = tooMany, After = 00:01:00 }")]
    [InlineData(10, "Later { Reason = away, After =  }")]
    [InlineData(99, "Unknown { Reason = internal }")]
    [InlineData(-7, "Later { Reason = code -7, After =  }")]
    public void Each_result_code_means_one_thing(int code, string answer) => Assert.Equal(answer, SmsSoapCodes.AnswerOf(code).ToString());

    [Theory]
    [InlineData("smsSoap.errorCode", 5, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData("smsSoap.errorCode", 7, "Later { Reason = balance, After =  }")]
    [InlineData("smsSoap.fault", 1, "Unknown { Reason = status 500 }")]
    [InlineData("smsSoap.failStatus", 503, "Later { Reason = away, After = 00:00:05 }")]
    [InlineData("smsSoap.failStatus", 202, "Unknown { Reason = status 202 }")]
    public async Task What_it_answers_inside_and_around_is_told_apart(string dial, int value, string answer)
    {
        await world.DialAsync(dial, value, phone);

        Assert.Equal(answer, (await Soap().SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct)).ToString());
        Assert.Empty(await world.SmsAsync(phone));
    }

    [Fact]
    public async Task A_wrong_password_is_for_the_operator_to_mend() =>
        Assert.Equal(new ProviderAnswer.Later("notAuthorised"), await Soap(o => o with { Password = "wrong" }).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("not xml")]
    [InlineData("<Envelope><Body><r><return><result>one</result></return></r></Body></Envelope>")]
    [InlineData("<Envelope><Body><r><return/></r></Body></Envelope>")]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Envelope><Body><r><return><result>1</result></return></r></Body></Envelope>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><Envelope><Body><return><result>1</result></return></Body></Envelope>")]
    public async Task An_answer_that_is_none_leaves_open_what_happened(string body)
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = body;

        Assert.Equal(new ProviderAnswer.Unknown("notUnderstood"), await Soap(o => o with { Url = canned.Url }).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        Assert.Equal(new ProviderReport.Away("away"), await Soap(o => o with { Url = canned.Url }).FindAsync("key", default, CarrierWorld.Ct));
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = "<Envelope><Body>" + new string(' ', 300_000) + "</Body></Envelope>";

        Assert.IsType<ProviderAnswer.Unknown>(await Soap(o => o with { Url = canned.Url }).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
    }

    [Theory]
    [InlineData("<Envelope><Body><r><return><result>1</result></return></r></Body></Envelope>")]
    [InlineData("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><n:x xmlns:n='urn:other'><n:return><n:result> 1 </n:result></n:return></n:x></s:Body></s:Envelope>")]
    public async Task Namespaces_differ_from_carrier_to_carrier(string body)
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = body;

        Assert.Equal(new ProviderAnswer.Accepted(null), await Soap(o => o with { Url = canned.Url }).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        var asked = Assert.Single(canned.Asked);
        Assert.Contains("<User>halong</User><Password>soap-password</Password><CPCode>HALONG</CPCode>", asked, StringComparison.Ordinal);
        Assert.Contains($"<UserID>{phone[1..]}</UserID><ReceiverID>{phone[1..]}</ReceiverID><ServiceID>HA LONG</ServiceID><CommandCode>bulksms</CommandCode>", asked, StringComparison.Ordinal);
        Assert.Contains("<ContentType>0</ContentType>", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_found_again_and_a_repeat_is_the_same_SMS()
    {
        var message = CarrierWorld.Message(phone);
        await world.DialAsync("smsSoap.lostAnswer", true, phone);

        Assert.Equal(new ProviderAnswer.Unknown("answerLost"), await Soap().SendAsync(message, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.Arrived>(await Soap().FindAsync(message.Key, Now, CarrierWorld.Ct));
        // Code 9, a RequestID that is there, is as good as taken.
        Assert.Equal(new ProviderAnswer.Accepted(null), await Soap().SendAsync(message, CarrierWorld.Ct));
        Assert.Single(await world.SmsAsync(phone));
    }

    [Fact]
    public async Task What_does_not_honour_the_key_sends_twice()
    {
        var message = CarrierWorld.Message(phone);
        await Soap().SendAsync(message, CarrierWorld.Ct);
        await world.DialAsync("smsSoap.forgetKey", true, phone);
        await Soap().SendAsync(message, CarrierWorld.Ct);

        Assert.Equal(2, (await world.SmsAsync(phone)).Count);
    }

    [Fact]
    public async Task Slow_and_away_are_told_apart()
    {
        await world.DialAsync("smsSoap.delay", 60_000, phone);

        Assert.Equal(new ProviderAnswer.Unknown("timeout"), await Soap(o => o with { Timeout = 2 }).SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        var nobody = Soap(o => o with { Url = $"http://127.0.0.1:{CarrierWorld.FreePort()}" });
        Assert.Equal(new ProviderAnswer.Later("notConnected"), await nobody.SendAsync(CarrierWorld.Message(phone), CarrierWorld.Ct));
        Assert.Equal(new ProviderReport.Away("away"), await nobody.FindAsync("key", default, CarrierWorld.Ct));
    }

    [Fact]
    public async Task It_is_asked_what_became_of_an_SMS()
    {
        var (waits, fails) = (CarrierWorld.Message(CarrierWorld.Phone()), CarrierWorld.Message(CarrierWorld.Phone()));
        await world.DialAsync("smsSoap.receiptDrop", true, waits.Address);
        await Soap().SendAsync(waits, CarrierWorld.Ct);
        await world.DialAsync("smsSoap.receiptFailed", 1, fails.Address);
        await Soap().SendAsync(fails, CarrierWorld.Ct);

        Assert.IsType<ProviderReport.Taken>(await Soap().FindAsync(waits.Key, Now, CarrierWorld.Ct));
        Assert.Equal(new ProviderReport.Lost(null, "unknownSubscriber", BadAddress: true), await Soap().FindAsync(fails.Key, Now, CarrierWorld.Ct));
    }

    [Fact]
    public async Task What_it_never_got_may_be_sent_at_once_only_where_the_key_is_honoured()
    {
        Assert.Equal(new ProviderReport.Away("tooSoon"), await Soap().FindAsync("nothing-of-this", Now, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.NotKnown>(await Soap().FindAsync("nothing-of-this", Now.AddMinutes(-10), CarrierWorld.Ct));
        Assert.IsType<ProviderReport.NotKnown>(await Soap(o => o with { Honours = true }).FindAsync("nothing-of-this", Now, CarrierWorld.Ct));
    }

    [Fact]
    public async Task Who_cannot_be_asked_is_repeated_only_where_that_is_safe()
    {
        Assert.IsType<ProviderReport.CannotTell>(await Soap(o => o with { CanBeAsked = false }).FindAsync("key", Now, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.SafeToRepeat>(await Soap(o => o with { CanBeAsked = false, Honours = true }).FindAsync("key", Now, CarrierWorld.Ct));
        await world.DialAsync("smsSoap.noQuery", true);
        Assert.Equal(new ProviderReport.Away("away"), await Soap().FindAsync("key", Now, CarrierWorld.Ct));
    }

    [Theory]
    [InlineData("<mt><RequestID>other</RequestID><state>2</state></mt>")]
    [InlineData("<mt><RequestID>key</RequestID><state>7</state></mt>")]
    [InlineData("<mt><RequestID>key</RequestID><state>soon</state></mt>")]
    public async Task A_state_that_is_none_is_asked_for_again(string states)
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = $"<Envelope><Body><r><return><result>1</result>{states}</return></r></Body></Envelope>";

        Assert.Equal(new ProviderReport.Away("notUnderstood"), await Soap(o => o with { Url = canned.Url }).FindAsync("key", Now, CarrierWorld.Ct));
    }

    [Fact]
    public async Task Times_are_Vietnamese()
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = "<Envelope><Body><r><return><result>1</result><mt><RequestID>key</RequestID><state>2</state><time>20261130070000</time></mt></return></r></Body></Envelope>";

        var arrived = Assert.IsType<ProviderReport.Arrived>(await Soap(o => o with { Url = canned.Url }).FindAsync("key", Now, CarrierWorld.Ct));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), arrived.At);
    }

    [Fact]
    public async Task Of_a_text_that_is_not_sent_the_provider_hears_nothing()
    {
        await using var canned = await Canned.StartAsync();

        Assert.Equal(new ProviderAnswer.Refused("encoding"), await Soap(o => o with { Url = canned.Url }).SendAsync(CarrierWorld.Message(phone, "文书"), CarrierWorld.Ct));
        Assert.Empty(canned.Asked);
    }

    private sealed record Dials(string Url, string Password = "soap-password", double Timeout = 20, bool Honours = false, bool CanBeAsked = true);

    private SmsSoapProvider Soap(Func<Dials, Dials>? change = null)
    {
        var dials = new Dials(world.LabUrl + "/sms-soap");
        dials = change?.Invoke(dials) ?? dials;
        var options = new SmsSoapOptions
        {
            Url = dials.Url,
            User = "halong",
            Password = dials.Password,
            CpCode = "HALONG",
            Sender = "HA LONG",
            Timeout = TimeSpan.FromSeconds(dials.Timeout),
            HonoursRequestId = dials.Honours,
            CanBeAsked = dials.CanBeAsked,
        };
        return new SmsSoapProvider(
            world.Get<IHttpClientFactory>(), Options.Create(options), world.Get<CarrierMetrics>(), new ShiftedClock(stands: true), NullLogger<SmsSoapProvider>.Instance);
    }
}
