using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Sending.Zalo;

/// <summary>Zalo's notification service, against the simulated one.</summary>
public sealed class ZaloProviderTests(CarrierWorld world) : IClassFixture<CarrierWorld>, IDisposable
{
    private readonly string phone = CarrierWorld.Phone();
    private readonly ZaloProcess zalo = new(world);

    public void Dispose() => zalo.Dispose();

    [Fact]
    public async Task A_message_fills_its_template_and_arrives()
    {
        var message = ZaloProcess.Message(phone);

        var answer = Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(message));

        var arrived = Assert.Single(await world.ZaloAsync(phone));
        Assert.Equal(
            ("312", "H49.12", message.Key, answer.Reference),
            (arrived.GetProperty("templateId").GetString(), arrived.GetProperty("data").GetProperty("MaHoSo").GetString(), arrived.GetProperty("trackingId").GetString(),
                arrived.GetProperty("msgId").GetString()));
    }

    [Theory]
    [InlineData(108, "Refused { Reason = invalidNumber, BadAddress = True }")]
    [InlineData(118, "Refused { Reason = noAccount, BadAddress = False }")]
    [InlineData(139, "Refused { Reason = optedOut, BadAddress = False }")]
    [InlineData(133, "Later { Reason = night, After = 01:00:00 }")]
    [InlineData(100, "Unknown { Reason = internal }")]
    public async Task An_error_inside_200_is_a_failure(int error, string answer)
    {
        await world.DialAsync("zalo.errorCode", error, phone);

        Assert.Equal(answer, (await zalo.SendAsync(ZaloProcess.Message(phone))).ToString());
        Assert.Empty(await world.ZaloAsync(phone));
    }

    [Fact]
    public async Task A_used_up_quota_lets_the_next_channel_take_over()
    {
        await world.DialAsync("zalo.quota", true);

        Assert.Equal(new ProviderAnswer.Refused("quota"), await zalo.SendAsync(ZaloProcess.Message(phone)));
    }

    [Fact]
    public async Task A_template_that_is_not_enabled_is_not_even_tried()
    {
        await world.DialAsync("zalo.templateDisabled", true, "404", times: 2);

        Assert.Equal(new ProviderAnswer.Refused("template"), await zalo.SendAsync(ZaloProcess.Message(phone, "404")));
        Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(ZaloProcess.Message(phone)));
        // One use is left: had it been tried, there would be none.
        Assert.Equal(new ProviderAnswer.Refused("template"), await zalo.SendAsync(ZaloProcess.Message(phone, "404")));
        Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(ZaloProcess.Message(phone, "404")));
    }

    [Fact]
    public async Task What_is_known_of_a_template_is_remembered_for_a_while()
    {
        using var remembers = new ZaloProcess(world, templateSeconds: 60);
        await world.DialAsync("zalo.templateDisabled", true, "405");

        Assert.Equal(new ProviderAnswer.Refused("template"), await remembers.SendAsync(ZaloProcess.Message(phone, "405")));
        Assert.Equal(new ProviderAnswer.Refused("template"), await remembers.SendAsync(ZaloProcess.Message(phone, "405")));
        remembers.Clock.Shift += TimeSpan.FromSeconds(61);
        Assert.IsType<ProviderAnswer.Accepted>(await remembers.SendAsync(ZaloProcess.Message(phone, "405")));

        // Enabled is remembered as well; that it is no more shows in the answer to a message, and then that is remembered.
        await world.DialAsync("zalo.templateDisabled", true, "405");
        Assert.Equal(new ProviderAnswer.Refused("template"), await remembers.SendAsync(ZaloProcess.Message(phone, "405")));
        Assert.Equal(new ProviderAnswer.Refused("template"), await remembers.SendAsync(ZaloProcess.Message(phone, "405")));
        Assert.Single(await world.ZaloAsync(phone));
    }

    [Fact]
    public async Task An_access_token_that_ran_out_is_worth_another_one_and_one_more_attempt()
    {
        var before = await zalo.TokenAsync();
        await world.DialAsync("zalo.expiredToken", true);

        Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(ZaloProcess.Message(phone)));

        Assert.NotEqual(before, await zalo.TokenAsync());
        Assert.Single(await world.ZaloAsync(phone));
    }

    [Fact]
    public async Task One_that_runs_out_again_is_left_for_later()
    {
        await world.DialAsync("zalo.expiredToken", true, times: 2);

        Assert.Equal(new ProviderAnswer.Later("token"), await zalo.SendAsync(ZaloProcess.Message(phone)));
        Assert.Empty(await world.ZaloAsync(phone));
        Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(ZaloProcess.Message(phone)));
    }

    [Fact]
    public async Task Without_any_token_other_channels_take_over()
    {
        await zalo.TokenAsync();
        await world.DialAsync("zalo.expiredToken", true);
        await world.DialAsync("zalo.refuseRefresh", true, times: 2);

        Assert.Equal(new ProviderAnswer.Refused("token"), await zalo.SendAsync(ZaloProcess.Message(phone)));
        zalo.Clock.Shift += TimeSpan.FromMinutes(2);
        Assert.IsType<ProviderAnswer.Accepted>(await zalo.SendAsync(ZaloProcess.Message(phone)));
    }

    [Theory]
    [InlineData("+84912345678", null, "noTemplate")]
    [InlineData("+84912345678", "{}", "noTemplate")]
    [InlineData("+85512345678", """{"templateId":"1","data":{}}""", "foreignNumber")]
    public async Task What_Zalo_cannot_carry_is_refused_without_asking_it(string to, string? data, string reason)
    {
        await using var canned = await Canned.StartAsync();
        using var process = new ZaloProcess(world, canned.Url);

        Assert.Equal(new ProviderAnswer.Refused(reason), await process.SendAsync(CarrierWorld.Message(to, data: data)));
        Assert.Empty(canned.Asked);
    }

    [Fact]
    public async Task Away_and_never_left_come_again()
    {
        await zalo.TokenAsync();
        await world.DialAsync("zalo.down", true, times: 2); // The question about the template and the message itself.
        Assert.IsType<ProviderAnswer.Later>(await zalo.SendAsync(ZaloProcess.Message(phone)));

        using var nobody = new ZaloProcess(world, $"http://127.0.0.1:{CarrierWorld.FreePort()}");
        Assert.Equal(new ProviderAnswer.Later("notConnected"), await nobody.SendAsync(ZaloProcess.Message(phone)));
        Assert.Empty(await world.ZaloAsync(phone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"error":"none"}""")]
    public async Task An_answer_that_is_none_leaves_open_what_happened(string body)
    {
        await zalo.TokenAsync();
        await using var canned = await Canned.StartAsync();
        canned.Body = body;
        using var process = new ZaloProcess(world, canned.Url);

        Assert.Equal(new ProviderAnswer.Unknown("notUnderstood"), await process.SendAsync(ZaloProcess.Message(phone)));
    }

    [Fact]
    public async Task Of_a_lost_answer_it_cannot_tell()
    {
        var message = ZaloProcess.Message(phone);
        await world.DialAsync("zalo.lostAnswer", true, phone);

        Assert.Equal(new ProviderAnswer.Unknown("answerLost"), await zalo.SendAsync(message));
        Assert.IsType<ProviderReport.CannotTell>(await zalo.Provider.FindAsync(message.Key, default, CarrierWorld.Ct));
        Assert.Single(await world.ZaloAsync(phone));
    }

    [Fact]
    public async Task What_this_process_saw_taken_it_knows_even_if_no_row_does()
    {
        var (arrives, waits) = (ZaloProcess.Message(phone), ZaloProcess.Message(CarrierWorld.Phone()));
        await zalo.SendAsync(arrives);
        await world.DialAsync("zalo.drop", true, waits.Address);
        await zalo.SendAsync(waits);

        Assert.IsType<ProviderReport.Arrived>(await zalo.Provider.FindAsync(arrives.Key, default, CarrierWorld.Ct));
        Assert.IsType<ProviderReport.Taken>(await zalo.Provider.FindAsync(waits.Key, default, CarrierWorld.Ct));
        await world.DialAsync("zalo.down", true);
        Assert.IsType<ProviderReport.Taken>(await zalo.Provider.FindAsync(arrives.Key, default, CarrierWorld.Ct));
    }

    [Fact]
    public async Task Nothing_personal_is_in_an_address()
    {
        await zalo.TokenAsync();
        await using var canned = await Canned.StartAsync();
        canned.Body = """{"error":0,"data":{"status":"ENABLE","msg_id":"M-1"}}""";
        using var process = new ZaloProcess(world, canned.Url);

        Assert.Equal(new ProviderAnswer.Accepted("M-1"), await process.SendAsync(ZaloProcess.Message(phone)));

        Assert.Equal(["/zalo/template/info/v2", "/zalo/message/template"], canned.Asked.Select(a => a.Split('\n')[0]));
        Assert.Contains($"\"phone\":\"{phone[1..]}\"", canned.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_queue_to_the_receipt()
    {
        await world.DialAsync("zalo.receiptDuplicate", 2, phone);
        var now = TimeProvider.System.GetUtcNow();
        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            RecipientId = world.Accounts.Person("", "vi", phone),
            Kind = "dossier-accepted",
            Trigger = "t",
            Channel = MessageChannel.Zalo,
            Class = NoticeClass.Urgent,
            Language = "vi",
            Title = "T",
            Body = "B",
            Data = ZaloProcess.Message(phone).Data,
            CreatedAt = now,
        };
        message.Schedule(now);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(message);
            return await db.SaveChangesAsync(CarrierWorld.Ct);
        });

        await Eventually.Async(async () => (await world.ReadAsync(message.Id)).State == MessageState.Delivered, "the receipt");
        var after = await world.ReadAsync(message.Id);
        Assert.Equal(ZaloProvider.ProviderName, after.Provider);
        Assert.Equal(Assert.Single(await world.ZaloAsync(phone)).GetProperty("msgId").GetString(), after.ProviderReference);
    }
}
