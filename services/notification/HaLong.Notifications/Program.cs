using HaLong.Messaging;
using HaLong.Notifications;
using HaLong.Notifications.Persistence;

var builder = WebApplication.CreateBuilder(args);
builder.AddNotifications();
var app = builder.Build();
app.MapNotifications();
return await app.RunOrMigrateAsync<NotificationDbContext>(args);
