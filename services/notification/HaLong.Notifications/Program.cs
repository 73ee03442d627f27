using HaLong.Messaging;
using HaLong.Notifications;
using HaLong.Notifications.Features.Sending;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending.Push;

// Before anything is needed that the operator does not have yet.
if (args is [PushKeysCommand.Verb, ..])
    return PushKeysCommand.Run(Console.Out);

var builder = WebApplication.CreateBuilder(args);
builder.AddNotifications();
var app = builder.Build();
app.MapNotifications();
if (args is ["messages", .. var command])
    return await app.RunMessagesCommandAsync(command, Console.Out);
return await app.RunOrMigrateAsync<NotificationDbContext>(args);
