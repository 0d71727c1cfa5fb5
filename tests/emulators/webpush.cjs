// The npm package web-push-testing on a free port of this machine alone: its own command listens
// everywhere, and stays when we are gone.
const http = require('node:http');
const path = require('node:path');

const modules = process.env.NODE_MODULES;
const { PushApiModel } = require(path.join(modules, 'web-push-testing/src/PushApiModel.js'));
const Server = require(path.join(modules, 'web-push-testing/src/server.js'));

const model = new PushApiModel();
const listen = http.Server.prototype.listen;
http.Server.prototype.listen = function (port, heard) {
  return listen.call(this, port, '127.0.0.1', () => {
    heard(); // says a first line
    const own = this.address().port;
    model.notifyUrl = `http://127.0.0.1:${own}/notify/`;
    console.log(own);
  });
};
new Server(model, 0).startServer();
